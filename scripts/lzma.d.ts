declare module "lzma" {
  const lzma: {
    /** In the format of .lzma files. @param mode 1, fast, to 9 */
    compress(bytes: Int8Array, mode: number): number[];
  };
  export default lzma;
}
