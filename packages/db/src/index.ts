export type { TenantFigures } from './api-usage/api-usage.repository.ts'
export type { ChangedKind, Changes } from './changes.ts'
export * from './database.ts'
export type { TenantRemoval } from './tenants/tenant-removal.ts'
export type { CustomerRemoval, CustomersRepository } from './customers/customers.repository.ts'
export type { InputLogRepository, InputQuery } from './input-log/input-log.repository.ts'
export type { AuditLogFilter } from './audit/audit-log-list.ts'
export type {
  NewUserFields,
  UserDirectoryRepository,
  UserFields,
  UserFilter,
} from './users/user-directory.repository.ts'
export type { UserLink, UserLinksRepository } from './users/user-links.repository.ts'
export type { UserSettingsRepository } from './users/user-settings.repository.ts'
export { openDatabase, type OpenDatabaseOptions } from './open-database.ts'
export type { DeadLettersRepository } from './dead-letters/dead-letters.repository.ts'
export { uuidV7 } from './uuid.ts'
export type {
  EntitiesRepository,
  EntityHead,
  StoringType,
} from './entities/entities.repository.ts'
export type { PublicCustomer, UsedPassword, UserAccount, UsersRepository } from './users.repository.ts'
export { type RelatedFilter, type RelatedQuery, relatedCtes } from './relations/related.ts'
export type { NeighbourSearch } from './relations/relation-reads.ts'
export type { RelationsFilter, RelationsRepository } from './relations/relations.repository.ts'
export type { NamedType, NamesRepository, WantedName } from './names/names.repository.ts'
export type { AssignmentChange, DashboardFilter, DashboardsRepository } from './dashboards/dashboards.repository.ts'
export type { DeviceHead, DevicesRepository, NewCredentials, SaveDeviceOptions } from './devices/devices.repository.ts'
export type { DeviceProfilesRepository } from './device-profiles/device-profiles.repository.ts'
export type { OtaPackageData, OtaPackagesRepository } from './ota-packages/ota-packages.repository.ts'
export type { EntityQueriesRepository, KeySample } from './entity-queries/entity-queries.repository.ts'
export type { SettledPage, SettledSearch } from './entity-queries/entity-query-sql.ts'
export type { SettledPredicate } from './entity-queries/predicates.ts'
export type { ApiKeysRepository, StoredApiKey } from './api-keys/api-keys.repository.ts'
export type { TwoFactorRepository } from './two-factor/two-factor.repository.ts'
export type { AssetFilter, AssetsRepository } from './assets/assets.repository.ts'
export type { AssetProfilesRepository } from './asset-profiles/asset-profiles.repository.ts'
export type { EntityViewsRepository } from './entity-views/entity-views.repository.ts'
export type { RelabelledChain } from './rule-chains/output-labels.ts'
export type { RuleChainsRepository } from './rule-chains/rule-chains.repository.ts'
export type { RuleChainDraftsRepository } from './rule-chains/rule-chain-drafts.repository.ts'
export type { Draft, DraftStore, EditState, SavedDraft } from './drafts/draft-store.ts'
export type { Version, VersionDocument, VersionStore } from './drafts/version-store.ts'
export type { Publisher } from './drafts/tables.ts'
export type { LibraryFilter } from './dashboards/dashboard-library.repository.ts'
export type { NodeWithLibraries, ScriptLibrariesRepository } from './script-libraries/script-libraries.repository.ts'
export type { ActiveAlarmQuery, AlarmClearing, AlarmRaising, ClearedAlarm } from './alarms/alarm-batches.ts'
export type { AlarmCommentsRepository, NewAlarmComment } from './alarms/alarm-comments.ts'
export { type AlarmFilter, searchStatusesOf } from './alarms/alarm-conditions.ts'
export type { EntityAlarmsQuery } from './alarms/alarm-search.ts'
export type { AlarmChange, AlarmContent, RaisedAlarm } from './alarms/alarm-writes.ts'
export type { AlarmRulesRepository, CountsOfDevice, ProfileOfDevice } from './alarms/alarm-rules.repository.ts'
export type {
  CalculatedFieldsRepository,
  FieldFilter,
  FieldTarget,
} from './calculated-fields/calculated-fields.repository.ts'
export type { DueField, FieldState, FieldStatesRepository } from './calculated-fields/field-states.repository.ts'
export type { AlarmsRepository } from './alarms/alarms.repository.ts'
export type { ResourceReference } from './resources/resource-references.ts'
export type { NewResource, ResourceFilter, ResourcesRepository } from './resources/resources.repository.ts'
export type { SeriesDeleted, SeriesDeletion } from './telemetry/delete.ts'
export type { WidgetTypeFilter, WidgetTypesRepository } from './widgets/widget-types.repository.ts'
export type { WidgetsBundlesRepository } from './widgets/widgets-bundles.repository.ts'
