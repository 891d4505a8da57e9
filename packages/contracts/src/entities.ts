export const authorities = ['SYS_ADMIN', 'TENANT_ADMIN', 'CUSTOMER_USER'] as const
export type Authority = (typeof authorities)[number]

type Id<T extends string> = { entityType: T; id: string }
type Base<T extends string> = { id: Id<T>; createdTime: number; additionalInfo: Record<string, unknown> | null }

export type AttributeData = { lastUpdateTs: number; key: string; value: unknown }
export type TsData = Record<string, { ts: number; value: unknown }[]>
