// The package exports its module without its types.
declare module '@resvg/resvg-wasm' {
  export function initWasm(program: Uint8Array): Promise<void>
  export class Resvg {
    constructor(
      svg: string,
      options: {
        readonly fitTo: { readonly mode: 'width'; readonly value: number }
        readonly font: { readonly fontBuffers: readonly Uint8Array[]; readonly defaultFontFamily: string }
      },
    )
    render(): { asPng(): Uint8Array; free(): void }
    free(): void
  }
}
