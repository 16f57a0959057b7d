/** The wasm, in gzip and base64; scripts/bundle.js puts it there. */
declare const packed: string;
export default packed;
