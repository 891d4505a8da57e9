'use client'
import { setMember, widgetOf } from '@thingwire/dashboards/edit'
import { Field, Input } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { SwitchRow } from '@/components/switch-row.tsx'
import { jsonOf } from '../side/json.ts'
import { useConfiguration, useEditorStore } from '../store/use-editor.ts'
import { ContainerFields } from './container-fields.tsx'

/** What can be set about a container. */
export const ContainerPanel = ({ id }: { id: string }) => {
  const t = useTranslations('dashboardStructure')
  const store = useEditorStore()
  const config = jsonOf(widgetOf(useConfiguration(), id)?.config)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 p-4">
      <Field label={t('containerTitle')}>
        <Input
          value={typeof config.title === 'string' ? config.title : ''}
          maxLength={255}
          onChange={({ target }) => store.run(setMember(id, ['config', 'title'], target.value))}
        />
      </Field>
      <SwitchRow
        label={t('showContainerTitle')}
        checked={config.showTitle === true}
        onChange={(checked) => store.run(setMember(id, ['config', 'showTitle'], checked))}
      />
      <ContainerFields id={id} />
    </div>
  )
}
