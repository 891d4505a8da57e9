'use client'
import { readContainer } from '@thingwire/dashboards'
import {
  addSection,
  moveSection,
  removeSection,
  setSection,
  unwrapContainer,
  widgetOf,
} from '@thingwire/dashboards/edit'
import {
  ActionsMenu,
  Button,
  Dialog,
  Field,
  IconButton,
  Input,
  MenuCheck,
  MenuItem,
  MenuSeparator,
} from '@thingwire/ui'
import { ArrowLeft, ArrowRight, PencilLine, Plus, Settings2, Trash2, Ungroup } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { freeName } from '../managers/free-name.ts'
import { useConfiguration, useEditorStore } from '../store/use-editor.ts'

/** What can be done with a container and the section of it that is open. */
export const ContainerTools = ({ widgetId, sectionId }: { widgetId: string; sectionId: string | null }) => {
  const t = useTranslations('dashboardStructure')
  const store = useEditorStore()
  const widget = widgetOf(useConfiguration(), widgetId)
  const container = widget && readContainer(widget)
  const [isNaming, setNaming] = useState(false)
  if (!container) return null
  const { kind, sections } = container
  const index = sections.findIndex(({ id }) => id === sectionId)
  const section = sections[index]
  const isRowOfMany = kind === 'rows' && sectionId !== null
  const add = () => {
    const title = freeName(
      t('sectionNumber', { number: sections.length + 1, name: t(`newSection.${kind}`) }),
      sections.map((one) => one.title),
    )
    store.run(addSection(widgetId, { id: crypto.randomUUID(), stateId: crypto.randomUUID(), title }))
  }
  return (
    <>
      {kind === 'repeat' || isRowOfMany ? null : (
        <IconButton label={t(`addSection.${kind}`)} size="icon-sm" onClick={add}>
          <Plus />
        </IconButton>
      )}
      <ActionsMenu label={section ? t('sectionMenu', { title: section.title }) : t('containerMenu')}>
        {section && kind !== 'repeat' ? (
          <>
            <MenuItem onSelect={() => setNaming(true)}>
              <PencilLine />
              {t('rename')}
            </MenuItem>
            <MenuItem disabled={index === 0} onSelect={() => store.run(moveSection(widgetId, section.id, index - 1))}>
              <ArrowLeft className={kind === 'rows' ? 'rotate-90' : undefined} />
              {t(kind === 'rows' ? 'moveUp' : 'moveLeft')}
            </MenuItem>
            <MenuItem
              disabled={index === sections.length - 1}
              onSelect={() => store.run(moveSection(widgetId, section.id, index + 1))}
            >
              <ArrowRight className={kind === 'rows' ? 'rotate-90' : undefined} />
              {t(kind === 'rows' ? 'moveDown' : 'moveRight')}
            </MenuItem>
            {kind === 'rows' ? (
              <MenuCheck
                checked={section.isCollapsed}
                onChange={(collapsed) => store.run(setSection(widgetId, section.id, { collapsed }))}
              >
                {t('closedAtFirst')}
              </MenuCheck>
            ) : null}
            <MenuSeparator />
            <MenuItem
              disabled={sections.length < 2}
              onSelect={() => store.run(removeSection(widgetId, section.id, 'keep'))}
            >
              <Trash2 />
              {t('removeSectionKeep')}
            </MenuItem>
            <MenuItem
              danger
              disabled={sections.length < 2}
              onSelect={() => store.run(removeSection(widgetId, section.id, 'remove'))}
            >
              <Trash2 />
              {t('removeSection')}
            </MenuItem>
          </>
        ) : null}
        {isRowOfMany ? null : (
          <>
            {section && kind !== 'repeat' ? <MenuSeparator /> : null}
            <MenuItem onSelect={() => store.set({ selection: [widgetId], side: 'widget' })}>
              <Settings2 />
              {t('containerSettings')}
            </MenuItem>
            <MenuItem onSelect={() => store.run(unwrapContainer(widgetId))}>
              <Ungroup />
              {t('unwrap')}
            </MenuItem>
          </>
        )}
      </ActionsMenu>
      {isNaming && section ? (
        <NameDialog
          title={section.title}
          onName={(title) => store.run(setSection(widgetId, section.id, { title }))}
          onClose={() => setNaming(false)}
        />
      ) : null}
    </>
  )
}

const NameDialog = (p: { title: string; onName: (title: string) => void; onClose: () => void }) => {
  const t = useTranslations('dashboardStructure')
  const common = useTranslations('common')
  const [typed, setTyped] = useState(p.title)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    // The form stands in a portal; what is around it in the tree is none of its business.
    event.stopPropagation()
    p.onName(typed.trim())
    p.onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && p.onClose()}
      title={t('rename')}
      closeLabel={common('close')}
      footer={
        <>
          <Button onClick={p.onClose}>{common('cancel')}</Button>
          <Button variant="primary" type="submit" form="section-name">
            {t('rename')}
          </Button>
        </>
      }
    >
      <form id="section-name" onSubmit={submit}>
        <Field label={t('sectionTitle')}>
          <Input value={typed} maxLength={255} onChange={({ target }) => setTyped(target.value)} />
        </Field>
      </form>
    </Dialog>
  )
}
