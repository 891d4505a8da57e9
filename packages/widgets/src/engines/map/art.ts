/** What a marker is drawn as. `image`: a picture of the file, by its link. */
export type Art =
  | { kind: 'shape'; shape: string; color: string }
  | { kind: 'icon'; container: string; icon: string; color: string }
  | { kind: 'image'; link: string }

export const artId = (art: Art): string =>
  art.kind === 'shape'
    ? `shape ${formOf(art.shape)} ${art.color}`
    : art.kind === 'icon'
      ? `icon ${art.container === '' ? 'none' : 'disc'} ${art.icon} ${art.color}`
      : `image ${art.link}`

/** Forms of our own; files name theirs by number, `markerShape3` and `tripMarkerShape2`. */
const forms = ['pin', 'drop', 'board', 'disc', 'ring', 'square', 'diamond', 'dot', 'plate', 'target'] as const
const tripForms = ['arrow', 'compass', 'dart'] as const
type Form = (typeof forms)[number] | (typeof tripForms)[number]

const known = new Map<string, Form>()
const formOf = (shape: string): Form => {
  const before = known.get(shape)
  if (before) return before
  const form = readForm(shape)
  if (known.size < mostKnown) known.set(shape, form)
  return form
}
/** Names of shapes that are looked up at most: a file may have any. */
const mostKnown = 100

const readForm = (shape: string): Form => {
  const [, trip, digits] = /^(trip)?markershape(\d{1,2})$/i.exec(shape) ?? []
  const at = Math.max(0, Number(digits ?? 1) - 1)
  return (trip ? tripForms[at % tripForms.length] : forms[at % forms.length]) ?? 'pin'
}

/** Whether its lower edge points at the place, as files expect of pins, or its middle lies on it. */
export const isCentred = (art: Art): boolean =>
  art.kind === 'shape' && !['pin', 'drop', 'board'].includes(formOf(art.shape))

export type DrawnArt = { data: ImageData /** px of the page. */; width: number; height: number }

/** Twice as fine as the page. */
export const artRatio = 2
const tall = 34

/** Seen on land and water of both themes, whatever its colour. */
const finish = (context: CanvasRenderingContext2D, color: string) => {
  context.fillStyle = color
  context.fill()
  context.strokeStyle = '#ffffff'
  context.lineWidth = 3
  context.lineJoin = 'round'
  context.stroke()
}

const hole = (context: CanvasRenderingContext2D, x: number, y: number, radius: number) => {
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
  context.fillStyle = '#ffffff'
  context.fill()
}

const polygon = (context: CanvasRenderingContext2D, corners: readonly (readonly [number, number])[]) => {
  context.beginPath()
  for (const [x, y] of corners) context.lineTo(x, y)
  context.closePath()
}

const pin = (context: CanvasRenderingContext2D, width: number, height: number) => {
  const [x, radius] = [width / 2, width / 2 - 3]
  const y = radius + 3
  context.beginPath()
  context.moveTo(x, height - 2)
  context.bezierCurveTo(x - 5, height - 16, x - radius, y + 16, x - radius, y)
  context.arc(x, y, radius, Math.PI, 0)
  context.bezierCurveTo(x + radius, y + 16, x + 5, height - 16, x, height - 2)
  context.closePath()
  return { x, y, radius }
}

/** Each draws itself into a box; those of ways point to the right. */
const draws: Readonly<
  Record<Form, (context: CanvasRenderingContext2D, width: number, height: number, color: string) => void>
> = {
  pin: (context, width, height, color) => {
    const { x, y, radius } = pin(context, width, height)
    finish(context, color)
    hole(context, x, y, radius * 0.38)
  },
  drop: (context, width, height, color) => {
    pin(context, width, height)
    finish(context, color)
  },
  board: (context, width, height, color) => {
    const foot = height - 18
    polygon(context, [
      [3, 3],
      [width - 3, 3],
      [width - 3, foot],
      [width / 2 + 9, foot],
      [width / 2, height - 3],
      [width / 2 - 9, foot],
      [3, foot],
    ])
    finish(context, color)
    hole(context, width / 2, foot / 2 + 1, width * 0.16)
  },
  disc: (context, width, height, color) => {
    context.beginPath()
    context.arc(width / 2, height / 2, width / 2 - 3, 0, 2 * Math.PI)
    finish(context, color)
    hole(context, width / 2, height / 2, width * 0.16)
  },
  ring: (context, width, height, color) => {
    context.beginPath()
    context.arc(width / 2, height / 2, width / 2 - 3, 0, 2 * Math.PI)
    finish(context, color)
    hole(context, width / 2, height / 2, width * 0.3)
  },
  dot: (context, width, height, color) => {
    context.beginPath()
    context.arc(width / 2, height / 2, width / 2 - 3, 0, 2 * Math.PI)
    finish(context, color)
  },
  target: (context, width, height, color) => {
    draws.ring(context, width, height, color)
    context.beginPath()
    context.arc(width / 2, height / 2, width * 0.14, 0, 2 * Math.PI)
    context.fillStyle = color
    context.fill()
  },
  square: (context, width, height, color) => {
    context.beginPath()
    context.roundRect(4, 4, width - 8, height - 8, 10)
    finish(context, color)
    hole(context, width / 2, height / 2, width * 0.16)
  },
  plate: (context, width, height, color) => {
    context.beginPath()
    context.roundRect(4, 4, width - 8, height - 8, 10)
    finish(context, color)
  },
  diamond: (context, width, height, color) => {
    polygon(context, [
      [width / 2, 3],
      [width - 3, height / 2],
      [width / 2, height - 3],
      [3, height / 2],
    ])
    finish(context, color)
    hole(context, width / 2, height / 2, width * 0.13)
  },
  arrow: (context, width, height, color) => {
    polygon(context, [
      [width - 4, height / 2],
      [8, height - 8],
      [20, height / 2],
      [8, 8],
    ])
    finish(context, color)
  },
  compass: (context, width, height, color) => {
    draws.dot(context, width, height, color)
    polygon(context, [
      [width * 0.78, height / 2],
      [width * 0.33, height * 0.72],
      [width * 0.43, height / 2],
      [width * 0.33, height * 0.28],
    ])
    context.fillStyle = '#ffffff'
    context.fill()
  },
  dart: (context, width, height, color) => {
    polygon(context, [
      [width - 3, height / 2],
      [10, height - 12],
      [10, 12],
    ])
    finish(context, color)
  },
}

/** An icon in its colour, or white on a disc of it. */
const drawIcon = (
  context: CanvasRenderingContext2D,
  size: number,
  art: Extract<Art, { kind: 'icon' }>,
  glyph: CanvasImageSource,
) => {
  const inset = art.container === '' ? 0 : size * 0.26
  const layer = document.createElement('canvas')
  Object.assign(layer, { width: size, height: size })
  const tinted = layer.getContext('2d')
  if (!tinted) return
  tinted.drawImage(glyph, inset, inset, size - 2 * inset, size - 2 * inset)
  tinted.globalCompositeOperation = 'source-in'
  tinted.fillStyle = art.container === '' ? art.color : '#ffffff'
  tinted.fillRect(0, 0, size, size)
  if (art.container !== '') draws.dot(context, size, size, art.color)
  context.drawImage(layer, 0, 0)
}

const largestImage = 256

/** Drawn; null without graphics. `picture`: the glyph of an icon, or the image. */
export const drawArt = (art: Art, picture: HTMLImageElement | null): DrawnArt | null => {
  const form = art.kind === 'shape' ? formOf(art.shape) : null
  if (form === null && !picture) return null
  const scale = picture ? Math.min(1, largestImage / Math.max(picture.naturalWidth, picture.naturalHeight, 1)) : 1
  const [width, height] =
    art.kind === 'image' && picture
      ? [Math.max(1, (picture.naturalWidth || tall) * scale), Math.max(1, (picture.naturalHeight || tall) * scale)]
      : isCentred(art) || form === null
        ? [tall, tall]
        : [(tall * 26) / 34, tall]
  const canvas = document.createElement('canvas')
  const [across, down] = [Math.round(width * artRatio), Math.round(height * artRatio)]
  Object.assign(canvas, { width: across, height: down })
  const context = canvas.getContext('2d')
  if (!context) return null
  if (art.kind === 'shape' && form) draws[form](context, across, down, art.color)
  else if (art.kind === 'icon' && picture) drawIcon(context, across, art, picture)
  else if (picture) context.drawImage(picture, 0, 0, across, down)
  return { data: context.getImageData(0, 0, across, down), width, height }
}
