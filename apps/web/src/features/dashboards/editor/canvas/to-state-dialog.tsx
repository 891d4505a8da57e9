'use client'
import {
  addState,
  copyWidgets,
  type LayoutAddress,
  moveToLayout,
  pasteReferences,
  pasteWidgets,
  together,
} from '@thingwire/dashboards/edit'
import { Button, Dialog, Field, Input, Segmented, Select } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { freeName } from '../managers/free-name.ts'
import { knownStates } from '../managers/states/known-states.ts'
import { freeStateId } from '../managers/states/state-id.ts'
import { jsonOf } from '../side/json.ts'
import { useConfiguration, useOpenEditor } from '../store/use-editor.ts'

const ways = ['move', 'copy', 'reference'] as const
type Way = (typeof ways)[number]

/** Brings widgets into another state, or into a new one that is made of them. */
export const ToStateDialog = (p: { at: LayoutAddress; ids: readonly string[]; onClose: () => void }) => {
  const t = useTranslations('dashboardStructure')
  const managers = useTranslations('dashboardManagers')
  const common = useTranslations('common')
  const { store, dashboardId } = useOpenEditor()
  const configuration = useConfiguration()
  const states = knownStates(configuration).filter(({ id }) => id !== p.at.stateId)
  const [stateId, setStateId] = useState('')
  const [name, setName] = useState(() =>
    freeName(
      managers('newState'),
      knownStates(configuration).map((one) => one.name),
    ),
  )
  const [way, setWay] = useState<Way>('move')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    const id = stateId || freeStateId(name, Object.keys(jsonOf(configuration.states)))
    const to = { stateId: id, layout: 'main', breakpoint: null } as const
    const clipboard = copyWidgets(configuration, p.at, p.ids, dashboardId)
    const bring =
      way === 'move'
        ? moveToLayout(p.at, to, p.ids)
        : way === 'copy'
          ? pasteWidgets(clipboard, to, null, () => crypto.randomUUID())
          : pasteReferences(clipboard, to, null)
    store.run(stateId ? bring : together([addState(id, name.trim() || id), bring]))
    p.onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && p.onClose()}
      title={t('toState')}
      closeLabel={common('close')}
      footer={
        <>
          <Button onClick={p.onClose}>{common('cancel')}</Button>
          <Button variant="primary" type="submit" form="to-state">
            {t(`ways.${way}`)}
          </Button>
        </>
      }
    >
      <form id="to-state" onSubmit={submit} className="grid gap-4">
        <Field label={t('state')}>
          <Select value={stateId} onChange={({ target }) => setStateId(target.value)}>
            <option value="">{t('newState')}</option>
            {states.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </Select>
        </Field>
        {stateId === '' ? (
          <Field label={managers('stateName')}>
            <Input value={name} maxLength={255} onChange={({ target }) => setName(target.value)} />
          </Field>
        ) : null}
        <div>
          <Segmented<Way>
            label={t('way')}
            value={way}
            onChange={setWay}
            options={ways.map((value) => ({ value, label: t(`ways.${value}`) }))}
          />
          <p className="mt-1.5 text-xs text-ink-3">{t(`wayHints.${way}`)}</p>
        </div>
      </form>
    </Dialog>
  )
}
