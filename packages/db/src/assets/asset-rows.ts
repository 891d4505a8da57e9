import type { AssetInfo } from '@thingwire/contracts'
import { type OwnedSource, rankedBy } from '../owned/owned-list.ts'
import { toInfo } from '../rows.ts'
import { toWireId } from '../scope.ts'

export type AssetRow = {
  id: string
  created_time: number
  additional_info: unknown
  tenant_id: string
  customer_id: string | null
  asset_profile_id: string
  name: string
  label: string | null
  external_id: string | null
  version: number
  profile_name: string
  customer_title: string | null
  customer_is_public: boolean | null
}

const toAssetInfo = (row: AssetRow): AssetInfo => ({
  id: { entityType: 'ASSET', id: row.id },
  createdTime: row.created_time,
  additionalInfo: toInfo(row.additional_info),
  tenantId: { entityType: 'TENANT', id: row.tenant_id },
  customerId: { entityType: 'CUSTOMER', id: toWireId(row.customer_id) },
  name: row.name,
  type: row.profile_name,
  label: row.label,
  assetProfileId: { entityType: 'ASSET_PROFILE', id: row.asset_profile_id },
  externalId: row.external_id ? { entityType: 'ASSET', id: row.external_id } : null,
  version: row.version,
  customerTitle: row.customer_title,
  customerIsPublic: row.customer_is_public ?? false,
  assetProfileName: row.profile_name,
})

const byProfile = { column: 'p.name', rank: rankedBy('JOIN', 'asset_profiles', 'name', 'asset_profile_id') }

export const assetSource: OwnedSource<AssetRow, AssetInfo> = {
  table: 'assets',
  select: `e.id, e.created_time, e.additional_info, e.tenant_id, e.customer_id, e.asset_profile_id, e.name, e.label,
    e.external_id, e.version, p.name AS profile_name, c.title AS customer_title, c.is_public AS customer_is_public`,
  joins: 'JOIN asset_profiles p ON p.id = e.asset_profile_id LEFT JOIN customers c ON c.id = e.customer_id',
  sorts: {
    createdTime: { column: 'e.created_time' },
    name: { column: 'e.name', isUnique: true },
    label: { column: 'e.label' },
    type: byProfile,
    assetProfileName: byProfile,
    customerTitle: { column: 'c.title', rank: rankedBy('LEFT JOIN', 'customers', 'title', 'customer_id') },
  },
  searched: ['e.name', 'e.label'],
  searchedBeside: [
    { table: 'asset_profiles', text: 'name', key: 'asset_profile_id' },
    { table: 'customers', text: 'title', key: 'customer_id' },
  ],
  toEntity: toAssetInfo,
}
