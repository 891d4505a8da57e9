import type { Map as MapLibre } from 'maplibre-gl'
import { type Art, artId, artRatio, drawArt } from './art.ts'
import type { Decoration, MarkerDrawing, ShapeDrawing } from './drawing.ts'
import type { Sized } from './features.ts'
import { decorationId } from './map-style.ts'
import { drawDecoration, drawStripes, stripesId } from './patterns.ts'

/** Pictures that a map draws with: of markers, stripes and symbols along lines. Each is drawn when it is first needed. */
export class MapImages {
  readonly #map: MapLibre
  /** Sizes of what markers are drawn as, by art; null: its picture will not come. */
  readonly #arts = new Map<string, { width: number; height: number } | null>()
  readonly #pictures = new Map<string, HTMLImageElement>()

  constructor(map: MapLibre) {
    this.#map = map
  }

  /** The style is another one, which has no pictures. */
  clear(): void {
    this.#arts.clear()
  }

  /** A picture of a marker, or a glyph, has come; null: it will not. */
  came(art: Art, picture: HTMLImageElement | null): void {
    if (picture) this.#pictures.set(artId(art), picture)
    else this.#arts.set(artId(art), null)
  }

  pictureOf(artId: string): HTMLImageElement | null {
    return this.#pictures.get(artId) ?? null
  }

  ofMarker({ art, instead, size }: MarkerDrawing): Sized {
    const [ownId, insteadId] = [artId(art), artId(instead)]
    const own = this.#size(ownId, art)
    const { width, height } = own ?? this.#size(insteadId, instead) ?? { width: size, height: size }
    return { icon: own ? ownId : insteadId, width, height }
  }

  addDecorations(decorations: readonly Decoration[]): void {
    for (const { symbol, color } of decorations)
      this.#add(decorationId({ symbol, color }), () => drawDecoration(symbol, color))
  }

  addStripes(shapes: readonly ShapeDrawing[]): void {
    for (const { stripes } of shapes) if (stripes) this.#add(stripesId(stripes), () => drawStripes(stripes))
  }

  #add(id: string, draw: () => ImageData | null): void {
    if (this.#map.hasImage(id)) return
    const image = draw()
    if (image) this.#map.addImage(id, image, { pixelRatio: artRatio })
  }

  /** The size of an art that the map has; draws it when it can. */
  #size(id: string, art: Art): { width: number; height: number } | null {
    const known = this.#arts.get(id)
    if (known !== undefined) return known
    const drawn = drawArt(art, this.#pictures.get(id) ?? null)
    if (!drawn) return null
    const { width, height } = drawn
    if (!this.#map.hasImage(id)) this.#map.addImage(id, drawn.data, { pixelRatio: artRatio })
    this.#arts.set(id, { width, height })
    return { width, height }
  }
}
