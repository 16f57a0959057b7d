connect.core.initCCP(document.getElementById("ccp"), {
  ccpUrl: "@ccpUrl@",
  loginUrl: "@ssoLoginUrl@",@raw:resilientStreams@
  loginPopup: true,
  loginPopupAutoClose: true,
  region: "@region@",
  softphone: { allowFramedSoftphone: true },
});
