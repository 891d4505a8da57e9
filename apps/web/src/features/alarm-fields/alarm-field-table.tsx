'use client'
import type { EntityType } from '@thingwire/contracts'
import { BellPlus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { type AlarmFieldInfo, deleteAlarmField, listAlarmFields } from '@/api/alarm-fields.ts'
import { EntityTable, useEntityList, useEntityWords } from '@/components/entity-table.tsx'
import { pathOfField, useAlarmFieldColumns } from './alarm-field-columns.tsx'
import { AlarmFieldMenu } from './alarm-field-menu.tsx'
import { DeleteAlarmFieldDialog } from './delete-alarm-field-dialog.tsx'

/** Alarm rules: all of the tenant, those of a kind of owner, or those that stand at certain entities. */
export const AlarmFieldTable = (p: {
  entityType?: EntityType | null
  /** Ids. */
  owners?: readonly string[]
  /** Instead of the words for a tenant that has none. */
  noneText?: string
  action: ReactNode
  toolbar?: ReactNode
  onClearFilters?: () => void
}) => {
  const words = useEntityWords('alarmFields')
  const columns = useAlarmFieldColumns()
  const [deleting, setDeleting] = useState<AlarmFieldInfo | null>(null)
  const { entityType = null, owners = null } = p
  const list = useEntityList<AlarmFieldInfo>({
    queryKey: ['alarm-fields', 'page', entityType, owners],
    defaultSort: 'name',
    load: (link, signal) => listAlarmFields({ ...link, entityType, entities: owners }, signal),
  })
  return (
    <>
      <EntityTable
        name="alarm-fields"
        list={list}
        words={p.noneText === undefined ? words : { ...words, noneText: p.noneText }}
        icon={<BellPlus />}
        columns={columns}
        rowId={(rule) => rule.id.id}
        open={pathOfField}
        action={p.action}
        toolbar={p.toolbar}
        rowActions={(rule) => <AlarmFieldMenu inRow rule={rule} onDelete={() => setDeleting(rule)} />}
        isNarrowed={entityType !== null}
        {...(p.onClearFilters && { onClearFilters: p.onClearFilters })}
        bulk={{ nameOf: (rule) => rule.name, remove: deleteAlarmField, queryKey: ['alarm-fields'] }}
      />
      <DeleteAlarmFieldDialog rule={deleting} onClose={() => setDeleting(null)} />
    </>
  )
}
