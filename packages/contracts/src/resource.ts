import { z } from 'zod'
import { idOf, typedId } from './ids.ts'
import { requiredText } from './plain-text.ts'

export const resourceTypes = ['LWM2M_MODEL', 'JKS', 'PKCS_12', 'JS_MODULE', 'IMAGE', 'DASHBOARD', 'GENERAL'] as const
export type ResourceType = (typeof resourceTypes)[number]

export const resourceSubTypes = ['IMAGE', 'SCADA_SYMBOL', 'EXTENSION', 'MODULE'] as const
export type ResourceSubType = (typeof resourceSubTypes)[number]

/** What is known of an image without reading it; sizes in pixels and bytes. */
export const imageDescriptorSchema = z.object({
  mediaType: z.string(),
  width: z.number(),
  height: z.number(),
  size: z.number(),
  etag: z.string(),
})
export type ImageDescriptor = z.infer<typeof imageDescriptorSchema>

/** A file that other things use, without its content. */
export const resourceInfoSchema = z.object({
  id: typedId('TB_RESOURCE'),
  createdTime: z.number(),
  tenantId: typedId('TENANT'),
  title: z.string(),
  name: z.string(),
  resourceType: z.enum(resourceTypes),
  resourceSubType: z.enum(resourceSubTypes).nullable(),
  resourceKey: z.string(),
  public: z.boolean(),
  publicResourceKey: z.string().nullable(),
  searchText: z.string().nullable(),
  etag: z.string().nullable(),
  fileName: z.string(),
  descriptor: z.unknown(),
  externalId: z.null(),
  link: z.string(),
  publicLink: z.string().nullable(),
})
export type ResourceInfo = z.infer<typeof resourceInfoSchema>

/** With its content, Base64. */
export const resourceSchema = resourceInfoSchema.extend({ data: z.string().nullable(), preview: z.string().nullable() })
export type Resource = z.infer<typeof resourceSchema>

const titleMissing = 'Resource title should be specified!'
const title = requiredText('title', titleMissing)

/** With an id: replaces title, descriptor and, when there is any, the content. */
export const saveResourceSchema = z.object({
  id: idOf('TB_RESOURCE').nullish(),
  title,
  resourceType: z.enum(resourceTypes, { error: 'Resource type should be specified!' }),
  resourceSubType: z.enum(resourceSubTypes).nullish(),
  resourceKey: z.string().max(255).nullish(),
  fileName: z.string().max(255).nullish(),
  descriptor: z.unknown().optional(),
  /** Base64. */
  data: z.string().nullish(),
})
export type SaveResource = z.infer<typeof saveResourceSchema>

/** What may be changed of a resource without sending its content again. */
export const resourceInfoUpdateSchema = z.object({ title, descriptor: z.unknown().optional() })

/** A resource as a file of its own, or inside of an exported dashboard or widget. */
export const resourceExportSchema = z.object({
  link: z.string().nullish(),
  title: z.string().max(255),
  type: z.enum(resourceTypes),
  subType: z.enum(resourceSubTypes).nullish(),
  resourceKey: z.string().max(255),
  fileName: z.string().max(255),
  publicResourceKey: z.string().max(64).nullish(),
  public: z.boolean().default(false),
  mediaType: z.string().max(255).nullish(),
  /** Base64. */
  data: z.string(),
})
export type ResourceExport = z.output<typeof resourceExportSchema>

const lastSegment = (link: string | null | undefined): string => {
  const segment = link?.split('/').at(-1) ?? ''
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** The same as files bring it: some of them leave out the key, the file's name or the title, where another tells it. */
export const resourceImportSchema = resourceExportSchema
  .extend({
    title: z.string().max(255).nullish(),
    resourceKey: z.string().max(255).nullish(),
    fileName: z.string().max(255).nullish(),
    public: z
      .boolean()
      .nullish()
      .transform((isPublic) => isPublic ?? false),
  })
  .transform((file, context): ResourceExport => {
    const ofLink = lastSegment(file.link).slice(0, 255)
    const fileName = file.fileName || file.resourceKey || ofLink || file.title || ''
    if (fileName === '') context.addIssue({ code: 'custom', path: ['fileName'], message: 'no name of any kind' })
    // The key of the link comes before the file's name: several resources may have been made of files of one name.
    return { ...file, fileName, title: file.title || fileName, resourceKey: file.resourceKey || ofLink || fileName }
  })

/** What still uses a resource that was not deleted, by entity type; `inDraft`: in edits only that are not published. */
const references = z.record(
  z.string(),
  z.array(
    z.object({
      id: z.object({ entityType: z.string(), id: z.string() }),
      name: z.string(),
      inDraft: z.literal(true).optional(),
    }),
  ),
)

export const resourceDeleteResultSchema = z.object({ success: z.boolean(), references: references.nullable() })
export type ResourceDeleteResult = z.infer<typeof resourceDeleteResultSchema>
