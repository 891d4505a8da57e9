'use client'
import { type ChainTest, effectKinds } from '@thingwire/contracts'
import { Input, Select } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useId, useMemo } from 'react'
import { useDocument } from '../store/use-editor.ts'
import { Checked, JsonField, type OnProblem, Rows } from './form-parts.tsx'

type Expect = ChainTest['expect']
type Props = { expect: Expect; onChange: (expect: Expect) => void; onProblem: OnProblem }

/** What should come of a message; what is not ticked does not matter. */
export const ExpectationForm = (p: Props) => {
  const t = useTranslations('chainTesting')
  const lists = useLists()
  const put = <K extends keyof Expect>(key: K, value: Expect[K] | undefined) => {
    const copy = { ...p.expect }
    if (value === undefined) delete copy[key]
    else copy[key] = value
    p.onChange(copy)
  }
  const { connections, messages, effects, failures } = p.expect
  return (
    <div className="grid gap-4">
      {lists.datalists}
      <Checked
        label={t('expectConnections')}
        hint={t('expectConnectionsHint')}
        isOn={connections !== undefined}
        onChange={(isOn) => put('connections', isOn ? [] : undefined)}
      >
        <Rows
          one={t('connection')}
          rows={connections ?? []}
          blank={{ node: '', connection: 'Success' }}
          onChange={(rows) => put('connections', rows)}
        >
          {(row, change, name) => (
            <Pair
              name={name}
              node={row.node}
              connection={row.connection}
              lists={lists}
              onChange={(node, connection) => change({ node, connection })}
            />
          )}
        </Rows>
      </Checked>
      <Checked
        label={t('expectMessages')}
        hint={t('expectMessagesHint')}
        isOn={messages !== undefined}
        onChange={(isOn) => put('messages', isOn ? [] : undefined)}
      >
        <Rows
          one={t('messageAtEnd')}
          rows={messages ?? []}
          blank={{ node: '', connection: 'Success' }}
          onChange={(rows) => put('messages', rows)}
        >
          {(row, change, name) => (
            <EndRow row={row} change={change} name={name} lists={lists} onProblem={p.onProblem} />
          )}
        </Rows>
      </Checked>
      <Checked
        label={t('expectEffects')}
        hint={t('expectEffectsHint')}
        isOn={effects !== undefined}
        onChange={(isOn) => put('effects', isOn ? [] : undefined)}
      >
        <Rows one={t('effectOne')} rows={effects ?? []} blank={blankEffect} onChange={(rows) => put('effects', rows)}>
          {(row, change, name) => <EffectRow row={row} change={change} name={name} onProblem={p.onProblem} />}
        </Rows>
      </Checked>
      <section className="grid gap-2">
        <div>
          <p className="text-sm font-medium text-ink">{t('expectFailures')}</p>
          <p className="text-xs text-ink-3">{t('expectFailuresHint')}</p>
        </div>
        <Rows one={t('failure')} rows={failures} blank={{}} onChange={(rows) => put('failures', rows)}>
          {(row, change, name) => (
            <div className="grid grid-cols-2 gap-1.5">
              <Input
                aria-label={t('nodeOf', { what: name })}
                placeholder={t('node')}
                list={lists.nodes}
                value={row.node ?? ''}
                onChange={({ target }) => {
                  const { node: _, ...others } = row
                  change(target.value === '' ? others : { ...row, node: target.value })
                }}
              />
              <Input
                aria-label={t('errorOf', { what: name })}
                placeholder={t('errorPart')}
                value={row.error ?? ''}
                onChange={({ target }) => {
                  const { error: _, ...others } = row
                  change(target.value === '' ? others : { ...row, error: target.value })
                }}
              />
            </div>
          )}
        </Rows>
      </section>
    </div>
  )
}

type Lists = { nodes: string; labels: string }

/** Names of nodes and labels of wires that the drawing has, as suggestions. */
const useLists = () => {
  const id = useId()
  const document = useDocument()
  const lists: Lists = { nodes: `${id}-nodes`, labels: `${id}-labels` }
  const { nodes, wires } = document
  const datalists = useMemo(() => {
    const names = [...new Set(Object.values(nodes).map(({ name }) => name))].sort()
    const labels = [...new Set(['Success', 'Failure', ...Object.values(wires).flatMap((wire) => wire.labels)])].sort()
    return (
      <>
        <datalist id={`${id}-nodes`}>
          {names.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <datalist id={`${id}-labels`}>
          {labels.map((label) => (
            <option key={label} value={label} />
          ))}
        </datalist>
      </>
    )
  }, [nodes, wires, id])
  return { ...lists, datalists }
}

const Pair = (p: {
  name: string
  node: string
  connection: string
  lists: Lists
  onChange: (node: string, connection: string) => void
}) => {
  const t = useTranslations('chainTesting')
  return (
    <div className="grid grid-cols-2 gap-1.5">
      <Input
        aria-label={t('nodeOf', { what: p.name })}
        placeholder={t('node')}
        list={p.lists.nodes}
        value={p.node}
        onChange={({ target }) => p.onChange(target.value, p.connection)}
      />
      <Input
        aria-label={t('connectionOf', { what: p.name })}
        placeholder={t('connectionPlaceholder')}
        list={p.lists.labels}
        value={p.connection}
        onChange={({ target }) => p.onChange(p.node, target.value)}
      />
    </div>
  )
}

type End = NonNullable<Expect['messages']>[number]

const EndRow = (p: { row: End; change: (row: End) => void; name: string; lists: Lists; onProblem: OnProblem }) => {
  const t = useTranslations('chainTesting')
  const { row, change } = p
  const { data: _, ...withoutData } = row
  const { node: _node, connection: _connection, ...others } = row
  return (
    <>
      <Pair
        name={p.name}
        node={row.node ?? ''}
        // Kept messages have passed no connection.
        connection={row.connection ?? ''}
        lists={p.lists}
        onChange={(node, connection) =>
          change({ ...others, ...(node !== '' && { node }), connection: connection === '' ? null : connection })
        }
      />
      <JsonField
        label={t('dataOf', { what: p.name })}
        hint={t('dataHint')}
        value={row.data}
        onChange={(data) => change(data === undefined ? withoutData : { ...row, data })}
        onProblem={p.onProblem}
      />
    </>
  )
}

type Effect = NonNullable<Expect['effects']>[number]
const blankEffect: Effect = { kind: 'telemetry' }

const EffectRow = (p: { row: Effect; change: (row: Effect) => void; name: string; onProblem: OnProblem }) => {
  const t = useTranslations('chainTesting')
  const { kind, ...members } = p.row
  return (
    <div className="grid gap-1.5 sm:grid-cols-[12rem_1fr]">
      <Select
        aria-label={t('kindOf', { what: p.name })}
        value={kind}
        onChange={({ target }) => {
          const next = effectKinds.find((one) => one === target.value)
          if (next) p.change({ ...members, kind: next })
        }}
      >
        {effectKinds.map((one) => (
          <option key={one} value={one}>
            {t(`effect.${one}`)}
          </option>
        ))}
      </Select>
      <JsonField
        label={t('membersOf', { what: p.name })}
        value={Object.keys(members).length === 0 ? undefined : members}
        onChange={(value) => p.change({ ...(isObject(value) ? value : {}), kind })}
        check={(value) => (isObject(value) ? null : t('notObject'))}
        onProblem={p.onProblem}
      />
    </div>
  )
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
