/** The package's version; scripts/bundle.js puts it into the classic build. */
declare const __VERSION__: string;
