import type { ResourceExport, ResourceInfo } from '@thingwire/contracts'
import { z } from 'zod'

const described = z.looseObject({ mediaType: z.string().max(255) })

/** The media type of a resource; undefined: none was noted. */
export const mediaTypeOf = (descriptor: unknown): string | undefined => {
  const parsed = described.safeParse(descriptor)
  return parsed.success ? parsed.data.mediaType : undefined
}

export const exportOf = (info: ResourceInfo, data: Buffer): ResourceExport => ({
  link: info.link,
  title: info.title,
  type: info.resourceType,
  subType: info.resourceSubType,
  resourceKey: info.resourceKey,
  fileName: info.fileName,
  publicResourceKey: info.publicResourceKey,
  public: info.public,
  mediaType: mediaTypeOf(info.descriptor) ?? null,
  data: data.toString('base64'),
})
