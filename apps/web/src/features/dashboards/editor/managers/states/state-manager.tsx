'use client'
import {
  addState,
  changeStateId,
  duplicateState,
  moveState,
  nameOfState,
  removeState,
  renameState,
  setRootState,
  stateOf,
  type Use,
  usesOfState,
} from '@thingwire/dashboards/edit'
import { Badge, Button, Dialog, Field, Input } from '@thingwire/ui'
import { ChevronDown, ChevronUp, CopyPlus, House, LayoutPanelTop, PencilLine, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { useStateScope } from '../../../board/board-context.ts'
import { jsonOf } from '../../side/json.ts'
import { useConfiguration, useEditorStore } from '../../store/use-editor.ts'
import { freeName } from '../free-name.ts'
import { type ManagerProps, ManagedAction, ManagedActions, ManagerFrame } from '../manager-frame.tsx'
import { useOpenId } from '../use-open-id.ts'
import { UseList } from '../uses.tsx'
import { knownStates, widgetsIn } from './known-states.ts'
import { LayoutFields } from './layout-fields.tsx'
import { freeStateId } from './state-id.ts'

const newId = () => crypto.randomUUID()

/** The states of the dashboard, and the one that is open with its layouts. */
export const StateManager = ({ id: chosen, choose }: ManagerProps) => {
  const t = useTranslations('dashboardManagers')
  const store = useEditorStore()
  const configuration = useConfiguration()
  const states = knownStates(configuration)
  const id = useOpenId(chosen, states, useStateScope().state.id)
  const taken = Object.keys(jsonOf(configuration.states))
  const names = states.map(({ name }) => name)
  return (
    <ManagerFrame
      label={t('states')}
      items={states.map((one) => ({
        id: one.id,
        name: one.name,
        note: t('widgets', { count: widgetsIn(configuration, one.id) }),
        mark: one.isRoot ? <Badge>{t('root_state')}</Badge> : null,
      }))}
      id={id}
      choose={choose}
      add={{
        label: t('newState'),
        onAdd: () => {
          const name = freeName(t('newState'), names)
          const made = freeStateId(name, taken)
          store.run(addState(made, name))
          choose(made)
        },
      }}
      empty={{ icon: <LayoutPanelTop />, title: t('states'), text: t('statesText') }}
    >
      {id === null || !stateOf(configuration, id) ? null : (
        <StateForm
          id={id}
          onRenamed={choose}
          onGone={() => choose(null)}
          onDuplicate={() => {
            const name = freeName(t('copyOf', { name: nameOfState(configuration, id) }), names)
            const made = freeStateId(name, taken)
            store.run(duplicateState(id, { id: made, name }, newId))
            choose(made)
          }}
        />
      )}
    </ManagerFrame>
  )
}

type FormProps = { id: string; onRenamed: (id: string) => void; onGone: () => void; onDuplicate: () => void }

const StateForm = ({ id, onRenamed, onGone, onDuplicate }: FormProps) => {
  const t = useTranslations('dashboardManagers')
  const store = useEditorStore()
  const scope = useStateScope()
  const configuration = useConfiguration()
  const uses = useMemo(() => usesOfState(configuration, id), [configuration, id])
  const [isAsked, ask] = useState(false)
  const states = knownStates(configuration)
  const index = states.findIndex((one) => one.id === id)
  const isRoot = states[index]?.isRoot === true
  /** Among all, with the sections of containers between them. */
  const move = (by: number) => {
    const other = states[index + by]
    if (other) store.run(moveState(id, Object.keys(jsonOf(configuration.states)).indexOf(other.id)))
  }
  const edit = () => {
    scope.update({ stateId: id, entity: null, paramName: null })
    store.set({ manager: null, selection: [] })
  }
  return (
    <>
      <div className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <Field label={t('stateName')} hint={t('stateNameHint')}>
            <Input
              value={nameOfState(configuration, id)}
              maxLength={255}
              onChange={({ target }) => store.run(renameState(id, target.value))}
            />
          </Field>
        </div>
      </div>
      <StateId key={id} id={id} onRenamed={onRenamed} />
      <div className="flex flex-wrap items-center gap-2">
        <Button onClick={edit} disabled={scope.state.id === id}>
          <PencilLine />
          {t('openState')}
        </Button>
        <Button disabled={isRoot} onClick={() => store.run(setRootState(id))} title={t('rootHint')}>
          <House />
          {isRoot ? t('root_state') : t('makeRoot')}
        </Button>
        <ManagedActions>
          <ManagedAction label={t('moveUp')} icon={<ChevronUp />} disabled={index <= 0} onClick={() => move(-1)} />
          <ManagedAction
            label={t('moveDown')}
            icon={<ChevronDown />}
            disabled={index >= states.length - 1}
            onClick={() => move(1)}
          />
          <ManagedAction label={t('duplicate')} icon={<CopyPlus />} onClick={onDuplicate} />
          <ManagedAction label={t('delete')} icon={<Trash2 />} disabled={states.length < 2} onClick={() => ask(true)} />
        </ManagedActions>
      </div>
      {states.length < 2 ? <p className="text-xs text-ink-3">{t('lastState')}</p> : null}
      <LayoutFields stateId={id} />
      <UseList uses={uses} />
      {isAsked ? (
        <RemoveState
          name={nameOfState(configuration, id)}
          widgets={widgetsIn(configuration, id)}
          uses={uses}
          onClose={() => ask(false)}
          onRemove={() => {
            store.run(removeState(id))
            onGone()
          }}
        />
      ) : null}
    </>
  )
}

/** The id counts when the field is left: half an id would be one, too. */
const StateId = ({ id, onRenamed }: { id: string; onRenamed: (id: string) => void }) => {
  const t = useTranslations('dashboardManagers')
  const store = useEditorStore()
  const scope = useStateScope()
  const states = jsonOf(useConfiguration().states)
  const [typed, setTyped] = useState(id)
  const wanted = typed.trim()
  const isTaken = wanted !== id && Object.hasOwn(states, wanted)
  const take = () => {
    if (wanted === '' || wanted === id || isTaken) return setTyped(id)
    const isShown = scope.state.id === id
    store.run(changeStateId(id, wanted))
    if (isShown) scope.update({ stateId: wanted, entity: null, paramName: null })
    onRenamed(wanted)
  }
  return (
    <Field label={t('stateId')} hint={t('stateIdHint')} error={isTaken ? t('stateIdTaken') : undefined}>
      <Input
        value={typed}
        maxLength={255}
        spellCheck={false}
        className="font-mono text-xs"
        onChange={({ target }) => setTyped(target.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take()
        }}
      />
    </Field>
  )
}

const RemoveState = (p: {
  name: string
  widgets: number
  uses: readonly Use[]
  onRemove: () => void
  onClose: () => void
}) => {
  const t = useTranslations('dashboardManagers')
  const common = useTranslations('common')
  const used = [...new Map(p.uses.map((use) => [use.id, use.title || t('untitled')])).values()]
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && p.onClose()}
      title={t('removeTitle', { name: p.name })}
      description={t('removeStateText', { count: p.widgets })}
      closeLabel={common('close')}
      footer={
        <>
          <Button onClick={p.onClose}>{common('cancel')}</Button>
          <Button variant="danger" onClick={p.onRemove}>
            {t('delete')}
          </Button>
        </>
      }
    >
      {used.length > 0 ? (
        <p className="text-sm">
          {t('removeText', { count: used.length })} {used.slice(0, 12).join(', ')}
        </p>
      ) : null}
    </Dialog>
  )
}
