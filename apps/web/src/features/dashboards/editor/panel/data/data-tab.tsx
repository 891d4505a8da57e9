'use client'
import { defaultTimeWindow, readTimeWindow } from '@thingwire/dashboards'
import { setMember, setWidgetWindow, together } from '@thingwire/dashboards/edit'
import { Button, IconButton } from '@thingwire/ui'
import type { WidgetManifest } from '@thingwire/widgets/manifests'
import { Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { SwitchRow } from '../../../../../components/switch-row.tsx'
import { useBoard } from '../../../board/board-context.ts'
import { readWindowLimits } from '../../../board/window/window-limits.ts'
import { WindowPicker } from '../../../board/window/window-picker.tsx'
import { jsonOf, type Json } from '../../side/json.ts'
import { useEditorStore } from '../../store/use-editor.ts'
import { partOf } from '../focus-part.ts'
import { isMap } from '../map/map-form.ts'
import { MapData } from '../map/map-layers.tsx'
import { NumberField } from '../parts/number-field.tsx'
import { Section } from '../parts/section.tsx'
import { useSet } from '../parts/use-set.ts'
import { AlarmFields } from './alarm-fields.tsx'
import { AliasFields } from './alias-fields.tsx'
import { SourceForm } from './source-form.tsx'

type Props = { id: string; config: Json; manifest: WidgetManifest }

/** Of which entities and keys a widget shows values, over which time; or which device it commands. */
export const DataTab = (p: Props) => {
  const { manifest } = p
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
      {manifest.data === 'control' ? <Target {...p} /> : null}
      {manifest.data === 'alarms' ? (
        <Alarms {...p} />
      ) : isMap(manifest) ? (
        <MapData {...p} sources={<Sources {...p} />} />
      ) : (
        <Sources {...p} />
      )}
      {manifest.data === 'control' ? null : <OwnWindow {...p} />}
    </div>
  )
}

const Target = ({ id, config }: Props) => {
  const t = useTranslations('dashboardPanel')
  const store = useEditorStore()
  const { entityAliasId } = jsonOf(config.targetDevice)
  return (
    <section
      {...partOf(['config', 'targetDevice'])}
      aria-label={t('target')}
      className="grid grid-cols-[minmax(0,1fr)] gap-3"
    >
      <h3 className="text-xs font-medium text-ink-2">{t('target')}</h3>
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
    </section>
  )
}

const Alarms = ({ id, config, manifest }: Props) => {
  const t = useTranslations('dashboardPanel')
  return (
    <>
      <SourceForm
        id={id}
        path={['config', 'alarmSource']}
        source={jsonOf(config.alarmSource)}
        manifest={manifest}
        hasKeys
      />
      <Section title={t('whichAlarms')} isOpen={false}>
        <AlarmFields id={id} path={['config', 'alarmFilterConfig']} filter={jsonOf(config.alarmFilterConfig)} />
      </Section>
    </>
  )
}

const Sources = ({ id, config, manifest }: Props) => {
  const t = useTranslations('dashboardPanel')
  const set = useSet(id)
  const sources = Array.isArray(config.datasources) ? config.datasources.map(jsonOf) : []
  const most = manifest.limits?.datasources ?? Number.POSITIVE_INFINITY
  const path = ['config', 'datasources']
  const isOptional = manifest.data === 'control' || manifest.limits?.datasourcesOptional === true
  if (manifest.data === 'control' && sources.length === 0) return null
  return (
    <div {...partOf(path)} className="contents">
      {sources.map((source, index) => (
        <section
          // biome-ignore lint/suspicious/noArrayIndexKey: sources have no ids, and what names one changes in its form
          key={index}
          aria-label={t('sourceNumber', { number: index + 1 })}
          className="grid grid-cols-[minmax(0,1fr)] gap-3 rounded-md border p-3"
        >
          {sources.length > 1 || isOptional ? (
            <div className="-mt-1 -mr-1 flex items-center justify-between">
              <h3 className="text-sm font-medium">{t('sourceNumber', { number: index + 1 })}</h3>
              <IconButton
                size="icon-sm"
                label={t('removeSource', { number: index + 1 })}
                onClick={() => set(path, sources.toSpliced(index, 1))}
              >
                <Trash2 />
              </IconButton>
            </div>
          ) : null}
          <SourceForm id={id} path={[...path, index]} source={source} manifest={manifest} hasKeys />
        </section>
      ))}
      {sources.length < most ? (
        <Button onClick={() => set(path, [...sources, { type: 'entity', name: '', dataKeys: [] }])}>
          <Plus />
          {t('addSource')}
        </Button>
      ) : null}
      {sources.length > 0 && manifest.limits?.entities === undefined ? (
        <NumberField
          label={t('pageSize')}
          hint={t('pageSizeHint')}
          value={typeof config.pageSize === 'number' ? config.pageSize : null}
          least={1}
          most={10_000}
          isWhole
          onChange={(size) => set(['config', 'pageSize'], size ?? undefined)}
        />
      ) : null}
    </div>
  )
}

const OwnWindow = ({ id, config }: Props) => {
  const t = useTranslations('dashboardPanel')
  const store = useEditorStore()
  const set = useSet(id)
  const { isPhone, wholeWindow } = useBoard()
  const isOwn = config.useDashboardTimewindow === false
  const model = config.timewindow === undefined ? wholeWindow : readTimeWindow(config.timewindow)
  return (
    <Section title={t('timeWindow')} isOpen={isOwn}>
      <SwitchRow
        label={t('ownWindow')}
        hint={t('ownWindowHint')}
        checked={isOwn}
        onChange={(checked) => store.run(setWidgetWindow(id, checked ? model : null))}
      />
      {isOwn ? (
        <>
          <div {...partOf(['config', 'timewindow'])}>
            <WindowPicker
              isPhone={isPhone}
              model={model}
              base={defaultTimeWindow}
              limits={readWindowLimits(config.timewindow)}
              onChange={(next) => store.run(setWidgetWindow(id, next))}
            />
          </div>
          <SwitchRow
            label={t('showWindow')}
            checked={config.displayTimewindow !== false}
            onChange={(checked) => set(['config', 'displayTimewindow'], checked)}
          />
        </>
      ) : null}
    </Section>
  )
}
