import type { Answer } from '@thingwire/api-client'
import { imageDescriptorSchema } from '@thingwire/contracts'
import { api } from './http.ts'

export type StoredImage = Answer<'GET /api/images/{type}/{key}/info'>

const pageSize = 30

/** Stored pictures, newest first, with those of the system; `page` counts from 0. */
export const listImages = (textSearch: string, page: number, signal?: AbortSignal) =>
  api('GET /api/images', {
    query: {
      pageSize,
      page,
      textSearch: textSearch || undefined,
      sortProperty: 'createdTime',
      sortOrder: 'DESC',
      imageSubType: 'IMAGE',
      includeSystemImages: true,
    },
    signal,
  })

export const uploadImage = (file: File, title: string): Promise<StoredImage> => {
  const body = new FormData()
  body.append('title', title)
  body.append('file', file)
  return api('POST /api/image', { body })
}

/** How dashboards name a stored picture, here and in ThingsBoard. */
export const linkOfImage = (image: StoredImage): string => `tb-image;${image.link}`

/** Those of the platform stay as they are. */
export const isOfSystem = (image: StoredImage): boolean => image.link.startsWith('/api/images/system/')

const addressOf = (image: StoredImage) => ({
  type: isOfSystem(image) ? 'system' : 'tenant',
  key: image.resourceKey,
})

export const renameImage = (image: StoredImage, title: string) =>
  api('PUT /api/images/{type}/{key}/info', { path: addressOf(image), body: { title } })

/** What still uses the picture keeps it, and is named in the answer, unless `force` is set. */
export const deleteImage = (image: StoredImage, force: boolean) =>
  api('DELETE /api/images/{type}/{key}', { path: addressOf(image), query: { force } })

/** Pixels and bytes; null: the server did not note them. */
export const measuresOf = (image: StoredImage) => imageDescriptorSchema.safeParse(image.descriptor).data ?? null
