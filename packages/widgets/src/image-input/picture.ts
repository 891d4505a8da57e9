/** The largest size within the limits that keeps the form of a picture; never larger than it is. */
export const fitWithin = (
  natural: { width: number; height: number },
  most: { width: number; height: number },
): { width: number; height: number } => {
  const limit = (of: number) => (of > 0 && Number.isFinite(of) ? of : Number.POSITIVE_INFINITY)
  const scale = Math.min(1, limit(most.width) / natural.width, limit(most.height) / natural.height)
  return {
    width: Math.max(1, Math.round(natural.width * scale)),
    height: Math.max(1, Math.round(natural.height * scale)),
  }
}

export type PictureFormat = { type: string; quality: number; most: { width: number; height: number } }

/** A picture, small enough, as a data URL. */
export const drawPicture = (
  source: CanvasImageSource,
  natural: { width: number; height: number },
  format: PictureFormat,
): string => {
  const size = fitWithin(natural, format.most)
  const canvas = document.createElement('canvas')
  canvas.width = size.width
  canvas.height = size.height
  canvas.getContext('2d')?.drawImage(source, 0, 0, size.width, size.height)
  return canvas.toDataURL(format.type, Math.min(1, Math.max(0.1, format.quality)))
}

/** Rejects what is no picture that the browser knows. */
export const readPicture = async (file: File, format: PictureFormat): Promise<string> => {
  const bitmap = await createImageBitmap(file)
  try {
    return drawPicture(bitmap, bitmap, format)
  } finally {
    bitmap.close()
  }
}
