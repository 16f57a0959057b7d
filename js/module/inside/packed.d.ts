/** The wasm in LZMA and base64; scripts/bundle.js puts it there. */
export declare const packed: string;
/** What `sum` of checksum.js makes of the wasm. */
export declare const expected: number;
