'use client'
import { ActionsMenu, copyText, MenuItem, toast } from '@thingwire/ui'
import { BellRing, Copy, CopyPlus, Download, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { AlarmFieldView } from '@/api/alarm-fields.ts'
import { saveJson } from '@/components/json-file.tsx'
import { useGo } from '@/shell/unsaved.tsx'
import { toFile } from './alarm-field-file.ts'

/** What can be done with a stored rule, in its row and on its page. */
export const AlarmFieldMenu = (p: { rule: AlarmFieldView; onDelete: () => void; inRow?: boolean }) => {
  const t = useTranslations('alarmFields')
  const common = useTranslations('common')
  const go = useGo()
  const { rule } = p
  return (
    <ActionsMenu inRow={p.inRow ?? false} label={t('actionsFor', { name: rule.name })}>
      {p.inRow ? (
        <MenuItem onSelect={() => go(`/alarm-rules/${rule.id.id}`)}>
          <BellRing />
          {t('open')}
        </MenuItem>
      ) : null}
      <MenuItem onSelect={() => go(`/alarm-rules/new?from=${rule.id.id}`)}>
        <CopyPlus />
        {t('copy')}
      </MenuItem>
      <MenuItem onSelect={() => saveJson(rule.name, toFile(rule))}>
        <Download />
        {t('export')}
      </MenuItem>
      <MenuItem onSelect={() => void copyText(rule.id.id).then(() => toast.done(common('copied')))}>
        <Copy />
        {t('copyId')}
      </MenuItem>
      <MenuItem danger onSelect={p.onDelete}>
        <Trash2 />
        {t('delete')}
      </MenuItem>
    </ActionsMenu>
  )
}
