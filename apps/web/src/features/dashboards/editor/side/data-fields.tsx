'use client'
import { useQuery } from '@tanstack/react-query'
import { aliasOf, type Command, putAlias, setMember, together } from '@thingwire/dashboards/edit'
import { Button, Field, IconButton, Input, Select } from '@thingwire/ui'
import type { WidgetManifest } from '@thingwire/widgets/manifests'
import { Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useId, useState } from 'react'
import type { DeviceView } from '@/api/entities.ts'
import { getDeviceKeys } from '@/api/telemetry.ts'
import { DevicePicker } from '@/features/rule-editor/testing/device-picker.tsx'
import { useConfiguration, useEditorStore } from '../store/use-editor.ts'
import { isJson, type Json, jsonOf } from './json.ts'

type Props = { id: string; config: Json; manifest: WidgetManifest | undefined }

/** Of which entities and keys a widget shows values, or which device it commands. */
export const DataFields = ({ id, config, manifest }: Props) => {
  const t = useTranslations('dashboardEditor')
  if (!manifest || manifest.data === 'none') return <p className="text-sm text-ink-3">{t('noData')}</p>
  if (manifest.data === 'control') return <TargetField id={id} config={config} />
  if (manifest.data === 'alarms')
    return <SourceFields id={id} path={['config', 'alarmSource']} source={jsonOf(config.alarmSource)} hasKeys={false} />
  return <Sources id={id} config={config} manifest={manifest} />
}

const Sources = ({ id, config, manifest }: Props & { manifest: WidgetManifest }) => {
  const t = useTranslations('dashboardEditor')
  const store = useEditorStore()
  const sources = Array.isArray(config.datasources) ? config.datasources.map(jsonOf) : []
  const most = manifest.limits?.datasources ?? Number.POSITIVE_INFINITY
  const path = ['config', 'datasources']
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
      {named(sources, sourceName).map(({ one: source, name }, index) => (
        <section
          key={name}
          aria-label={t('source', { number: index + 1 })}
          className="grid grid-cols-[minmax(0,1fr)] gap-3 rounded-md border p-3"
        >
          <SourceFields id={id} path={[...path, index]} source={source} hasKeys />
          {sources.length > 1 ? (
            <Button
              variant="ghost"
              onClick={() =>
                store.run(
                  setMember(
                    id,
                    path,
                    sources.filter((_, at) => at !== index),
                  ),
                )
              }
            >
              <Trash2 />
              {t('removeSource')}
            </Button>
          ) : null}
        </section>
      ))}
      {sources.length < most ? (
        <Button
          onClick={() => store.run(setMember(id, path, [...sources, { type: 'entity', name: '', dataKeys: [] }]))}
        >
          <Plus />
          {t('addSource')}
        </Button>
      ) : null}
    </div>
  )
}

const sourceName = ({ entityAliasId }: Json) => String(entityAliasId)

/** Sources and keys have no ids: told apart by name, and those of one name by their order. */
const named = (list: readonly Json[], nameOf: (one: Json) => string): { one: Json; name: string }[] => {
  const seen = new Map<string, number>()
  return list.map((one) => {
    const name = nameOf(one)
    const nth = seen.get(name) ?? 0
    seen.set(name, nth + 1)
    return { one, name: `${name}/${nth}` }
  })
}

/** The alias under which a device is known, made when there is none. */
const useAliasFor = () => {
  const configuration = useConfiguration()
  const aliases = jsonOf(configuration.entityAliases)
  return (device: DeviceView): { aliasId: string; command: Command | null } => {
    const known = Object.entries(aliases).find(([, alias]) => {
      const filter = jsonOf(jsonOf(alias).filter)
      return filter.type === 'singleEntity' && jsonOf(filter.singleEntity).id === device.id.id
    })
    if (known) return { aliasId: known[0], command: null }
    const aliasId = crypto.randomUUID()
    const filter = {
      type: 'singleEntity',
      resolveMultiple: false,
      singleEntity: { entityType: 'DEVICE', id: device.id.id },
    }
    return { aliasId, command: putAlias(aliasId, { alias: device.name, filter }) }
  }
}

const AliasFields = (p: { aliasId: string | null; choose: (aliasId: string, made: Command | null) => void }) => {
  const t = useTranslations('dashboardEditor')
  const configuration = useConfiguration()
  const aliasFor = useAliasFor()
  const aliases = Object.entries(jsonOf(configuration.entityAliases))
  return (
    <>
      <Field label={t('alias')} hint={t('aliasHint')}>
        <Select value={p.aliasId ?? ''} onChange={({ target }) => p.choose(target.value, null)}>
          <option value="" disabled>
            {t('chooseAlias')}
          </option>
          {aliases.map(([aliasId, alias]) => (
            <option key={aliasId} value={aliasId}>
              {String(jsonOf(alias).alias ?? aliasId)}
            </option>
          ))}
        </Select>
      </Field>
      <DevicePicker
        label={t('device')}
        value={null}
        none={t('orDevice')}
        onChange={(device) => {
          if (!device) return
          const { aliasId, command } = aliasFor(device)
          p.choose(aliasId, command)
        }}
      />
    </>
  )
}

const TargetField = ({ id, config }: { id: string; config: Json }) => {
  const store = useEditorStore()
  const { entityAliasId } = jsonOf(config.targetDevice)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <AliasFields
        aliasId={typeof entityAliasId === 'string' ? entityAliasId : null}
        choose={(aliasId, made) =>
          store.run(
            together([
              ...(made ? [made] : []),
              setMember(id, ['config', 'targetDevice'], { type: 'entity', entityAliasId: aliasId }),
            ]),
          )
        }
      />
    </div>
  )
}

type SourceProps = { id: string; path: readonly (string | number)[]; source: Json; hasKeys: boolean }

const SourceFields = ({ id, path, source, hasKeys }: SourceProps) => {
  const store = useEditorStore()
  const aliasId = typeof source.entityAliasId === 'string' ? source.entityAliasId : null
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <AliasFields
        aliasId={aliasId}
        choose={(chosen, made) =>
          store.run(
            together([
              ...(made ? [made] : []),
              setMember(id, path, { dataKeys: [], ...source, type: 'entity', entityAliasId: chosen }),
            ]),
          )
        }
      />
      {hasKeys ? <Keys id={id} path={path} source={source} aliasId={aliasId} /> : null}
    </div>
  )
}

/** Keys that the one entity of an alias has; aliases of many are asked for by name alone. */
const useKnownKeys = (aliasId: string | null) => {
  const configuration = useConfiguration()
  const filter = jsonOf(aliasId === null ? null : aliasOf(configuration, aliasId)?.filter)
  const entity = jsonOf(filter.singleEntity)
  const entityId = entity.entityType === 'DEVICE' && typeof entity.id === 'string' ? entity.id : null
  return useQuery({
    queryKey: ['editor-keys', entityId],
    queryFn: ({ signal }) => getDeviceKeys(entityId ?? '', signal),
    enabled: entityId !== null,
    staleTime: 30_000,
    retry: false,
  })
}

const kinds = ['timeseries', 'attribute', 'entityField'] as const
const isKind = (value: string): value is (typeof kinds)[number] => kinds.some((kind) => kind === value)
const entityFields = ['name', 'label', 'type', 'createdTime', 'additionalInfo', 'ownerName']

const Keys = (p: { id: string; path: readonly (string | number)[]; source: Json; aliasId: string | null }) => {
  const t = useTranslations('dashboardEditor')
  const store = useEditorStore()
  const known = useKnownKeys(p.aliasId)
  const listId = useId()
  const [typed, setTyped] = useState('')
  const [kind, setKind] = useState<(typeof kinds)[number]>('timeseries')
  const keys = Array.isArray(p.source.dataKeys) ? p.source.dataKeys.filter(isJson) : []
  const path = [...p.path, 'dataKeys']
  const add = () => {
    const name = typed.trim()
    if (!name) return
    setTyped('')
    store.run(setMember(p.id, path, [...keys, { name, type: kind, label: name, settings: {} }]))
  }
  const onEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    add()
  }
  const offered = kind === 'entityField' ? entityFields : (known.data?.[kind] ?? [])
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <p className="text-sm font-medium">{t('keys')}</p>
      {named(keys, ({ name }) => String(name)).map(({ one: key, name }, index) => (
        <div key={name} className="flex items-center gap-2">
          <span className="min-w-0 flex-1 truncate font-mono text-xs" title={String(key.name)}>
            {String(key.name)}
          </span>
          <Input
            aria-label={t('keyLabel', { key: String(key.name) })}
            value={typeof key.label === 'string' ? key.label : ''}
            onChange={({ target }) => store.run(setMember(p.id, [...path, index, 'label'], target.value))}
            className="w-32"
          />
          <IconButton
            label={t('removeKey', { key: String(key.name) })}
            onClick={() =>
              store.run(
                setMember(
                  p.id,
                  path,
                  keys.filter((_, at) => at !== index),
                ),
              )
            }
          >
            <Trash2 />
          </IconButton>
        </div>
      ))}
      <div className="flex gap-2">
        <Select
          aria-label={t('keyKind')}
          value={kind}
          onChange={({ target }) => isKind(target.value) && setKind(target.value)}
          className="w-32"
        >
          {kinds.map((one) => (
            <option key={one} value={one}>
              {t(`kind.${one}`)}
            </option>
          ))}
        </Select>
        <Input
          aria-label={t('newKey')}
          placeholder={t('newKey')}
          list={listId}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          onKeyDown={onEnter}
          className="min-w-0 flex-1"
        />
        <IconButton label={t('addKey')} variant="secondary" disabled={typed.trim() === ''} onClick={add}>
          <Plus />
        </IconButton>
      </div>
      <datalist id={listId}>
        {offered.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </div>
  )
}
