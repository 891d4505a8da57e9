export const authorities = ['SYS_ADMIN', 'TENANT_ADMIN', 'CUSTOMER_USER'] as const
export type Authority = (typeof authorities)[number]

export type AttributeData = { lastUpdateTs: number; key: string; value: unknown }
export type TsData = Record<string, { ts: number; value: unknown }[]>
