/** In px of the page. */
export const pinHeight = 34

/** A pin of the colour, its tip at the middle of the lower edge, twice as fine as the page; null without graphics. */
export const drawPin = (color: string): ImageData | null => {
  const [width, height] = [26 * 2, pinHeight * 2]
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  const context = canvas.getContext('2d')
  if (!context) return null
  const [x, radius] = [width / 2, width / 2 - 3]
  const y = radius + 3
  context.beginPath()
  context.moveTo(x, height - 2)
  context.bezierCurveTo(x - 5, height - 16, x - radius, y + 16, x - radius, y)
  context.arc(x, y, radius, Math.PI, 0)
  context.bezierCurveTo(x + radius, y + 16, x + 5, height - 16, x, height - 2)
  context.closePath()
  context.fillStyle = color
  context.fill()
  // Seen on land and water of both themes, whatever its colour.
  context.strokeStyle = '#ffffff'
  context.lineWidth = 3
  context.stroke()
  context.beginPath()
  context.arc(x, y, radius * 0.38, 0, 2 * Math.PI)
  context.fillStyle = '#ffffff'
  context.fill()
  return context.getImageData(0, 0, width, height)
}
