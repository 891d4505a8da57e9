'use client'
import { Button, Dialog, TableHead } from '@thingwire/ui'
import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { FieldValues } from 'react-hook-form'
import type { EditForm } from './edit-form.ts'
import { differences } from './edit-state.ts'

/** Save, and the way back to what is stored; they stand in the header of the page. */
export const EditActions = <View, Form extends FieldValues>({ edit }: { edit: EditForm<View, Form> }) => {
  const t = useTranslations('edit')
  const common = useTranslations('common')
  return (
    <>
      {edit.isDirty ? <Button onClick={edit.revert}>{t('revert')}</Button> : null}
      <Button variant="primary" disabled={!edit.isDirty || edit.isBusy} onClick={() => void edit.submit()}>
        {common('save')}
      </Button>
    </>
  )
}

/** A refusal that belongs to no single field. */
export const RefusedNote = ({ reason }: { reason: string | null }) => {
  const t = useTranslations('edit')
  if (reason === null) return null
  return (
    <p role="alert" className="mx-4 mb-2 flex gap-2 rounded-md bg-danger-soft p-3 text-sm text-danger-text sm:mx-6">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      {t('refused', { reason })}
    </p>
  )
}

const valueClass = 'max-w-56 px-3 py-2 break-words whitespace-pre-wrap'

type ConflictProps<View, Form extends FieldValues> = {
  edit: EditForm<View, Form>
  fieldName: (field: keyof Form & string) => string
  /** How a value reads when it is no text; undefined: as it is. */
  valueText?: (field: keyof Form & string, value: unknown) => string | undefined
}

/** Somebody saved while this page was open: shows what differs, and lets the person choose. */
export const ConflictDialog = <View, Form extends FieldValues>({
  edit,
  fieldName,
  valueText,
}: ConflictProps<View, Form>) => {
  const t = useTranslations('edit')
  const common = useTranslations('common')
  const { conflict } = edit
  const text = (field: keyof Form & string, value: unknown) => {
    const own = valueText?.(field, value)
    if (own !== undefined) return own
    return typeof value === 'boolean' ? t(value ? 'on' : 'off') : value === '' ? '—' : String(value)
  }
  return (
    <Dialog
      open={conflict !== null}
      onOpenChange={(open) => !open && conflict?.close()}
      title={t('conflictTitle')}
      description={t('conflictText')}
      closeLabel={common('close')}
      className="sm:max-w-2xl"
      footer={
        <>
          <Button onClick={conflict?.take}>{t('takeTheirs')}</Button>
          <Button variant="primary" onClick={conflict?.keep}>
            {t('keepMine')}
          </Button>
        </>
      }
    >
      <table className="w-full text-sm">
        <TableHead
          columns={(['field', 'mine', 'theirs'] as const).map((id) => ({ id, label: t(id), className: 'first:pl-0' }))}
        />
        <tbody>
          {conflict
            ? differences(conflict.mine, conflict.theirs).map((field) => (
                <tr key={field} className="border-t align-top">
                  <th scope="row" className="py-2 pr-3 text-left font-normal text-ink-2">
                    {fieldName(field)}
                  </th>
                  <td className={valueClass}>
                    {conflict.mine[field] === conflict.base[field] ? (
                      <span className="text-ink-3">{t('untouched')}</span>
                    ) : (
                      text(field, conflict.mine[field])
                    )}
                  </td>
                  <td className={valueClass}>{text(field, conflict.theirs[field])}</td>
                </tr>
              ))
            : null}
        </tbody>
      </table>
    </Dialog>
  )
}
