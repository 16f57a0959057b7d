connect.core.initCCP(document.getElementById("ccp"), {
  ccpUrl: "@ccpUrl@",
  loginUrl: "@ssoLoginUrl@",
  loginPopup: true,
  loginPopupAutoClose: true,
  region: "@region@",
  softphone: { allowFramedSoftphone: true },
});
