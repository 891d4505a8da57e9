/** Files place boxes of 170 × 50; ours are larger, so the canvas draws every distance of the file by this much longer. */
const scale = { x: 1.32, y: 1.28 }

/** Size of a node on the canvas, px at zoom 1. */
export const nodeSize = { width: 216, height: 56 }

export type Place = { x: number; y: number }

/** Where a place of the file is on the canvas. */
export const onCanvas = ({ x, y }: Place): Place => ({ x: x * scale.x, y: y * scale.y })

/** The place of the file for one on the canvas. Only what was moved is brought back, so that nothing drifts. */
export const inFile = ({ x, y }: Place): Place => ({ x: Math.round(x / scale.x), y: Math.round(y / scale.y) })

/** The same for widths and heights, which notes and groups have. */
export const sizeOnCanvas = ({ width, height }: { width: number; height: number }) => ({
  width: width * scale.x,
  height: height * scale.y,
})
export const sizeInFile = ({ width, height }: { width: number; height: number }) => ({
  width: Math.round(width / scale.x),
  height: Math.round(height / scale.y),
})
