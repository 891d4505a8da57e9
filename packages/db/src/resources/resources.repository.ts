import {
  nullUuid,
  type PageData,
  type PageLink,
  type ResourceInfo,
  type ResourceSubType,
  type ResourceType,
  resourceSubTypes,
  resourceTypes,
  toPageData,
} from '@thingwire/contracts'
import { AppError } from '@thingwire/contracts'
import type { Sql } from '../connection/sql.ts'
import type { Scope } from '../database.ts'
import { containing, sortColumn, sortDirection } from '../rows.ts'
import { uuidV7 } from '../uuid.ts'
import { type ResourceReference, resourceReferences } from './resource-references.ts'

export type ResourceFilter = {
  types?: readonly ResourceType[] | undefined
  subType?: ResourceSubType | undefined
  /** Tenants see the things of the system beside their own. */
  includeSystem?: boolean | undefined
}

export type NewResource = {
  title: string
  resourceType: ResourceType
  resourceSubType: ResourceSubType | null
  /** The key it would like; a taken one gets a number. */
  resourceKey: string
  publicResourceKey: string | null
  isPublic: boolean
  fileName: string
  descriptor: unknown
  etag: string
  data: Uint8Array
}

export type ResourceChange = {
  title?: string
  descriptor?: unknown
  isPublic?: boolean
  publicResourceKey?: string
  content?: { data: Uint8Array; etag: string; fileName?: string | undefined }
}

export type ResourcesRepository = {
  list(scope: Scope, link: PageLink, filter?: ResourceFilter): Promise<PageData<ResourceInfo>>
  /** In the order asked for; those that are missing are left out. Those of the system are found, too. */
  findMany(scope: Scope, resourceIds: readonly string[]): Promise<ResourceInfo[]>
  find(scope: Scope, resourceId: string): Promise<ResourceInfo | null>
  /** Exactly the owner's: a tenant's own, or with the system scope those of the system. */
  findByKey(scope: Scope, type: ResourceType, key: string): Promise<ResourceInfo | null>
  findPublic(publicResourceKey: string): Promise<ResourceInfo | null>
  content(scope: Scope, resourceId: string): Promise<Buffer | null>
  create(scope: Scope, resource: NewResource): Promise<ResourceInfo>
  update(scope: Scope, resourceId: string, change: ResourceChange): Promise<ResourceInfo>
  delete(scope: Scope, resourceId: string): Promise<boolean>
  /** Bytes of one resource. */
  size(scope: Scope, resourceId: string): Promise<number>
  /** What of the owner contains one of the texts. */
  references(scope: Scope, texts: readonly string[]): Promise<ResourceReference[]>
}

const columns = `id, created_time, tenant_id, title, resource_type, resource_sub_type, resource_key, is_public,
  public_resource_key, search_text, etag, file_name, descriptor`

const sorts = {
  id: 'id',
  createdTime: 'created_time',
  title: 'title',
  name: 'title',
  resourceType: 'resource_type',
  resourceKey: 'resource_key',
  fileName: 'file_name',
} as const

export const createResourcesRepository = (sql: Sql): ResourcesRepository => {
  const one = async (text: string, values: unknown[]): Promise<ResourceInfo | null> => {
    const { rows } = await sql.query<ResourceRow>({ text, values })
    return rows[0] ? toResource(rows[0]) : null
  }

  return {
    list: async (scope, link, filter = {}) => {
      const values: unknown[] = []
      const bind = (value: unknown) => `$${values.push(value)}`
      const owner = ownerOf(scope)
      const own = owner === null ? 'tenant_id IS NULL' : `tenant_id = ${bind(owner)}`
      const where = [
        filter.includeSystem && owner !== null ? `(${own} OR tenant_id IS NULL)` : own,
        ...(filter.types ? [`resource_type = ANY(${bind(filter.types)})`] : []),
        ...(filter.subType ? [`resource_sub_type = ${bind(filter.subType)}`] : []),
        ...(link.textSearch ? [`search_text ILIKE ${bind(containing(link.textSearch))}`] : []),
      ].join(' AND ')
      const direction = sortDirection(link)
      const order = `${sortColumn(link, sorts, 'id')} ${direction}, id ${direction}`
      const [found, total] = await Promise.all([
        sql.query<ResourceRow>({
          text: `SELECT ${columns} FROM resources WHERE ${where} ORDER BY ${order}
                 LIMIT $${values.length + 1} OFFSET $${values.length + 2}`,
          values: [...values, link.pageSize, link.page * link.pageSize],
        }),
        sql.query<{ total: number }>({ text: `SELECT count(*) AS total FROM resources WHERE ${where}`, values }),
      ])
      return toPageData(found.rows.map(toResource), total.rows[0]?.total ?? 0, link)
    },

    findMany: async (scope, resourceIds) => {
      if (resourceIds.length === 0) return []
      const { rows } = await sql.query<ResourceRow>({
        text: `SELECT ${columns} FROM resources WHERE id = ANY($1) AND (tenant_id = $2 OR tenant_id IS NULL)`,
        values: [resourceIds, ownerOf(scope)],
      })
      const found = new Map(rows.map((row) => [row.id, toResource(row)]))
      return resourceIds.flatMap((id) => found.get(id.toLowerCase()) ?? [])
    },

    find: (scope, resourceId) =>
      one(`SELECT ${columns} FROM resources WHERE id = $1 AND tenant_id IS NOT DISTINCT FROM $2`, [
        resourceId,
        ownerOf(scope),
      ]),

    findByKey: (scope, type, key) =>
      one(
        `SELECT ${columns} FROM resources
         WHERE resource_type = $1 AND resource_key = $2 AND tenant_id IS NOT DISTINCT FROM $3`,
        [type, key, ownerOf(scope)],
      ),

    findPublic: (publicResourceKey) =>
      one(`SELECT ${columns} FROM resources WHERE public_resource_key = $1 AND is_public`, [publicResourceKey]),

    content: async (scope, resourceId) => {
      const { rows } = await sql.query<{ data: Buffer | null }>({
        text: 'SELECT data FROM resources WHERE id = $1 AND tenant_id IS NOT DISTINCT FROM $2',
        values: [resourceId, ownerOf(scope)],
      })
      return rows[0]?.data ?? null
    },

    create: async (scope, resource) => {
      const owner = ownerOf(scope)
      // Another process may take the key between look and insert; then the next free one is tried.
      for (let attempt = 0; attempt < 20; attempt++) {
        const key = await freeKey(sql, owner, resource)
        const made = await one(
          `INSERT INTO resources (id, created_time, tenant_id, title, resource_type, resource_sub_type, resource_key,
             is_public, public_resource_key, search_text, etag, file_name, descriptor, data_size, data)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
           ON CONFLICT DO NOTHING RETURNING ${columns}`,
          [
            uuidV7(),
            Date.now(),
            owner,
            resource.title,
            resource.resourceType,
            resource.resourceSubType,
            key,
            resource.isPublic,
            resource.publicResourceKey,
            searchTextOf(resource.title, key, resource.fileName),
            resource.etag,
            resource.fileName,
            resource.descriptor === undefined ? null : JSON.stringify(resource.descriptor),
            resource.data.length,
            Buffer.from(resource.data),
          ],
        )
        if (made) return made
      }
      throw new AppError('CONFLICT', 'No free key was found for the resource')
    },

    update: async (scope, resourceId, change) => {
      const values: unknown[] = [resourceId, ownerOf(scope)]
      const bind = (value: unknown) => `$${values.push(value)}`
      const { content } = change
      const title = change.title === undefined ? 'title' : `${bind(change.title)}::text`
      const fileName = content?.fileName === undefined ? 'file_name' : `${bind(content.fileName)}::text`
      const sets = [
        `title = ${title}`,
        `file_name = ${fileName}`,
        `search_text = concat_ws(' ', ${title}, resource_key, ${fileName})`,
        ...('descriptor' in change ? [`descriptor = ${bind(JSON.stringify(change.descriptor ?? null))}`] : []),
        ...(change.isPublic === undefined ? [] : [`is_public = ${bind(change.isPublic)}`]),
        ...(change.publicResourceKey === undefined ? [] : [`public_resource_key = ${bind(change.publicResourceKey)}`]),
        ...(content
          ? [
              `data = ${bind(Buffer.from(content.data))}`,
              `data_size = ${bind(content.data.length)}`,
              `etag = ${bind(content.etag)}`,
            ]
          : []),
      ]
      const saved = await one(
        `UPDATE resources SET ${sets.join(', ')} WHERE id = $1 AND tenant_id IS NOT DISTINCT FROM $2
         RETURNING ${columns}`,
        values,
      )
      if (!saved) throw new AppError('ENTITY_NOT_FOUND', `Resource with id [${resourceId}] is not found`)
      return saved
    },

    delete: async (scope, resourceId) => {
      const { rowCount } = await sql.query({
        text: 'DELETE FROM resources WHERE id = $1 AND tenant_id IS NOT DISTINCT FROM $2',
        values: [resourceId, ownerOf(scope)],
      })
      return rowCount === 1
    },

    size: async (scope, resourceId) => {
      const { rows } = await sql.query<{ data_size: number }>({
        text: 'SELECT data_size FROM resources WHERE id = $1 AND tenant_id IS NOT DISTINCT FROM $2',
        values: [resourceId, ownerOf(scope)],
      })
      return rows[0]?.data_size ?? 0
    },

    references: (scope, texts) => resourceReferences(sql, ownerOf(scope), texts),
  }
}

/** Null: the system. Customers own no resources. */
const ownerOf = (scope: Scope): string | null => (scope.kind === 'system' ? null : scope.tenantId)

/** `plan.png`, `plan_(1).png`, … */
const freeKey = async (sql: Sql, owner: string | null, { resourceType, resourceKey }: NewResource): Promise<string> => {
  const dot = resourceKey.lastIndexOf('.')
  const [base, extension] = dot > 0 ? [resourceKey.slice(0, dot), resourceKey.slice(dot)] : [resourceKey, '']
  const { rows } = await sql.query<{ key: string }>({
    text: `SELECT resource_key AS key FROM resources
           WHERE resource_type = $1 AND tenant_id IS NOT DISTINCT FROM $2 AND starts_with(resource_key, $3)`,
    values: [resourceType, owner, base],
  })
  const taken = new Set(rows.map(({ key }) => key))
  let key = resourceKey
  for (let n = 1; taken.has(key); n++) key = `${base}_(${n})${extension}`
  return key
}

const searchTextOf = (...parts: readonly string[]): string => parts.join(' ')

type ResourceRow = {
  id: string
  created_time: number
  tenant_id: string | null
  title: string
  resource_type: string
  resource_sub_type: string | null
  resource_key: string
  is_public: boolean
  public_resource_key: string | null
  search_text: string | null
  etag: string | null
  file_name: string
  descriptor: unknown
}

const toResource = (row: ResourceRow): ResourceInfo => {
  const resourceType = resourceTypes.find((type) => type === row.resource_type) ?? 'GENERAL'
  const owner = row.tenant_id === null ? 'system' : 'tenant'
  const place = resourceType === 'IMAGE' ? 'images' : `resource/${resourceType.toLowerCase()}`
  return {
    id: { entityType: 'TB_RESOURCE', id: row.id },
    createdTime: row.created_time,
    tenantId: { entityType: 'TENANT', id: row.tenant_id ?? nullUuid },
    title: row.title,
    name: row.title,
    resourceType,
    resourceSubType: resourceSubTypes.find((type) => type === row.resource_sub_type) ?? null,
    resourceKey: row.resource_key,
    public: row.is_public,
    publicResourceKey: row.public_resource_key,
    searchText: row.search_text,
    etag: row.etag,
    fileName: row.file_name,
    descriptor: row.descriptor ?? null,
    externalId: null,
    link: `/api/${place}/${owner}/${row.resource_key}`,
    publicLink: row.is_public && row.public_resource_key ? `/api/images/public/${row.public_resource_key}` : null,
  }
}
