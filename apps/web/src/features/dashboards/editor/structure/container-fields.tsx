'use client'
import { type Container, readContainer } from '@thingwire/dashboards'
import { addSection, moveSection, removeSection, setMember, setSection, widgetOf } from '@thingwire/dashboards/edit'
import { Button, Field, IconButton, Input, Select } from '@thingwire/ui'
import { ChevronDown, ChevronUp, Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { SwitchRow } from '@/components/switch-row.tsx'
import { freeName } from '../managers/free-name.ts'
import { NumberInput } from '../managers/number-input.tsx'
import { jsonOf } from '../side/json.ts'
import { useConfiguration, useEditorStore } from '../store/use-editor.ts'

/** The sections of a container, or of what its one section is repeated for. Nothing for other widgets. */
export const ContainerFields = ({ id }: { id: string }) => {
  const t = useTranslations('dashboardStructure')
  const store = useEditorStore()
  const widget = widgetOf(useConfiguration(), id)
  const container = widget && readContainer(widget)
  if (!container) return null
  const { kind, sections } = container
  const [only] = sections
  if (container.repeat)
    return (
      <>
        {only ? (
          <Field label={t('repeatTitle')} hint={t('repeatTitleHint')}>
            <Input
              value={only.title}
              maxLength={255}
              onChange={({ target }) => store.run(setSection(id, only.id, { title: target.value }))}
            />
          </Field>
        ) : null}
        <RepeatFields id={id} repeat={container.repeat} />
      </>
    )
  return (
    <section aria-label={t(`sections.${kind}`)} className="grid gap-3">
      <h3 className="text-xs font-medium text-ink-2">{t(`sections.${kind}`)}</h3>
      {sections.map((section, index) => (
        <div key={section.id} className="grid gap-2 rounded-md border p-3">
          <div className="flex items-center gap-1">
            <Input
              aria-label={t('sectionTitle')}
              value={section.title}
              maxLength={255}
              onChange={({ target }) => store.run(setSection(id, section.id, { title: target.value }))}
            />
            <IconButton
              label={t('moveUp')}
              disabled={index === 0}
              onClick={() => store.run(moveSection(id, section.id, index - 1))}
            >
              <ChevronUp />
            </IconButton>
            <IconButton
              label={t('moveDown')}
              disabled={index === sections.length - 1}
              onClick={() => store.run(moveSection(id, section.id, index + 1))}
            >
              <ChevronDown />
            </IconButton>
            <IconButton
              label={t('removeSectionKeep')}
              disabled={sections.length < 2}
              onClick={() => store.run(removeSection(id, section.id, 'keep'))}
            >
              <Trash2 />
            </IconButton>
          </div>
          <Field label={t('icon')}>
            <Input
              value={section.icon ?? ''}
              maxLength={100}
              onChange={({ target }) => store.run(setSection(id, section.id, { icon: target.value || undefined }))}
            />
          </Field>
          {kind === 'rows' ? (
            <SwitchRow
              label={t('closedAtFirst')}
              checked={section.isCollapsed}
              onChange={(collapsed) => store.run(setSection(id, section.id, { collapsed }))}
            />
          ) : null}
        </div>
      ))}
      <Button
        className="justify-self-start"
        onClick={() =>
          store.run(
            addSection(id, {
              id: crypto.randomUUID(),
              stateId: crypto.randomUUID(),
              title: freeName(
                t('sectionNumber', { number: sections.length + 1, name: t(`newSection.${kind}`) }),
                sections.map(({ title }) => title),
              ),
            }),
          )
        }
      >
        <Plus />
        {t(`addSection.${kind}`)}
      </Button>
    </section>
  )
}

const RepeatFields = ({ id, repeat }: { id: string; repeat: NonNullable<Container['repeat']> }) => {
  const t = useTranslations('dashboardStructure')
  const store = useEditorStore()
  const configuration = useConfiguration()
  const set = (member: string, value: unknown) => store.run(setMember(id, ['config', 'settings', member], value))
  const choice = (
    member: 'entityAliasId' | 'filterId',
    value: string | null,
    of: unknown,
    name: 'alias' | 'filter',
  ) => (
    <Field label={t(`repeat.${name}`)}>
      <Select value={value ?? ''} onChange={({ target }) => set(member, target.value || null)}>
        <option value="">{t(`repeat.no_${name}`)}</option>
        {Object.entries(jsonOf(of)).map(([one, named]) => (
          <option key={one} value={one}>
            {String(jsonOf(named)[name] ?? one)}
          </option>
        ))}
      </Select>
    </Field>
  )
  return (
    <div className="grid gap-4">
      {choice('entityAliasId', repeat.aliasId, configuration.entityAliases, 'alias')}
      {choice('filterId', repeat.filterId, configuration.filters, 'filter')}
      <Button className="justify-self-start" onClick={() => store.manage('aliases', repeat.aliasId)}>
        {t('repeat.manage')}
      </Button>
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <Field label={t('repeat.minWidth')}>
          <NumberInput
            isWhole
            min={80}
            max={4_000}
            value={repeat.minWidth}
            onChange={(minWidth) => set('minWidth', minWidth)}
          />
        </Field>
        <Field label={t('repeat.most')}>
          <NumberInput isWhole min={1} max={1_000} value={repeat.most} onChange={(most) => set('most', most)} />
        </Field>
      </div>
      <Field label={t('repeat.sortKey')} hint={t('repeat.sortKeyHint')}>
        <Input
          value={repeat.sortKey ?? ''}
          maxLength={255}
          onChange={({ target }) => set('sortKey', target.value || null)}
        />
      </Field>
      <SwitchRow
        label={t('repeat.descending')}
        checked={repeat.sortDescending}
        onChange={(checked) => set('sortDescending', checked)}
      />
      <Field label={t('repeat.paramName')} hint={t('repeat.paramNameHint')}>
        <Input
          value={repeat.paramName ?? ''}
          maxLength={255}
          onChange={({ target }) => set('paramName', target.value || null)}
        />
      </Field>
    </div>
  )
}
