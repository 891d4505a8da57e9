import { cleanSvg } from './clean-svg.ts'

/** More than this every viewer of the dashboard would have to load. */
export const largestBytes = 10_000_000

const types = ['png', 'jpeg', 'gif', 'webp', 'avif', 'bmp', 'x-icon', 'vnd.microsoft.icon', 'svg+xml'].map(
  (type) => `image/${type}`,
)

/** For the chooser of files. */
export const acceptedPictures = types.join(',')

/** A file as it may be uploaded: one of a known type, not too large, and an SVG without what is no drawing. */
export const readPicture = async (file: File): Promise<{ file: File } | { problem: 'tooLarge' | 'noPicture' }> => {
  if (file.size > largestBytes) return { problem: 'tooLarge' }
  if (!types.includes(file.type)) return { problem: 'noPicture' }
  if (file.type !== 'image/svg+xml') return { file }
  const clean = cleanSvg(await file.text())
  return clean === null ? { problem: 'noPicture' } : { file: new File([clean], file.name, { type: file.type }) }
}
