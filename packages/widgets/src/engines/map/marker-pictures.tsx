'use client'
import { useEffect, useRef } from 'react'
import { useWidgetHost } from '../../host/host-context.tsx'
import { WidgetIcon } from '../../style/icons.tsx'
import { type Art, artId } from './art.ts'

/** How the map learns of a picture that has come; null: it never will. */
export type PictureCame = (art: Art, picture: HTMLImageElement | null) => void

/** Loads what cannot be drawn at once: glyphs of icons, and pictures of the file. Nothing of it is seen. */
export const MarkerPictures = ({ arts, onPicture }: { arts: readonly Art[]; onPicture: PictureCame }) => (
  <div hidden>
    {arts.map((art) =>
      art.kind === 'icon' ? (
        <Glyph key={artId(art)} art={art} onPicture={onPicture} />
      ) : art.kind === 'image' ? (
        <Picture key={artId(art)} art={art} onPicture={onPicture} />
      ) : null,
    )}
  </div>
)

const glyphSize = 96

const Glyph = ({ art, onPicture }: { art: Extract<Art, { kind: 'icon' }>; onPicture: PictureCame }) => {
  const box = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const svg = box.current?.querySelector('svg')
    if (!svg) return onPicture(art, null)
    const copy = svg.cloneNode(true) as SVGElement
    copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
    copy.setAttribute('stroke', '#000000')
    const image = new Image(glyphSize, glyphSize)
    image.onload = () => onPicture(art, image)
    image.onerror = () => onPicture(art, null)
    image.src = `data:image/svg+xml,${encodeURIComponent(copy.outerHTML)}`
  }, [art, onPicture])
  return (
    <span ref={box}>
      <WidgetIcon name={art.icon} size={glyphSize} />
    </span>
  )
}

const Picture = ({ art, onPicture }: { art: Extract<Art, { kind: 'image' }>; onPicture: PictureCame }) => {
  const { links } = useWidgetHost()
  const source = links.useImage(art.link)
  useEffect(() => {
    if (source === null) return onPicture(art, null)
    const image = new Image()
    image.onload = () => onPicture(art, image)
    image.onerror = () => onPicture(art, null)
    image.src = source
  }, [art, source, onPicture])
  return null
}
