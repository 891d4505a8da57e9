'use client'
import { Button, Dialog } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { differences, type ProfileForm } from './profile-form.ts'

/** Somebody saved while this page was open: shows what differs, and lets the person choose. */
export const ConflictDialog = (p: {
  mine: ProfileForm
  /** null: no conflict. */
  theirs: ProfileForm | null
  onClose: () => void
  onKeep: () => void
  onTake: () => void
}) => {
  const t = useTranslations('profiles')
  const common = useTranslations('common')
  const { mine, theirs } = p
  const text = (value: string | boolean) =>
    typeof value === 'boolean' ? t(value ? 'on' : 'off') : value === '' ? '—' : value
  return (
    <Dialog
      open={theirs !== null}
      onOpenChange={(open) => !open && p.onClose()}
      title={t('conflictTitle')}
      description={t('conflictText')}
      closeLabel={common('close')}
      className="sm:max-w-2xl"
      footer={
        <>
          <Button onClick={p.onTake}>{t('takeTheirs')}</Button>
          <Button variant="primary" onClick={p.onKeep}>
            {t('keepMine')}
          </Button>
        </>
      }
    >
      <table className="w-full text-sm">
        <thead>
          <tr className="text-left text-xs text-ink-3">
            <th scope="col" className="h-8 pr-3 font-medium">
              {t('field')}
            </th>
            <th scope="col" className="h-8 pr-3 font-medium">
              {t('mine')}
            </th>
            <th scope="col" className="h-8 font-medium">
              {t('theirs')}
            </th>
          </tr>
        </thead>
        <tbody>
          {theirs
            ? differences(mine, theirs).map((field) => (
                <tr key={field} className="border-t align-top">
                  <th scope="row" className="py-2 pr-3 text-left font-normal text-ink-2">
                    {t(`fields.${field}`)}
                  </th>
                  <td className="max-w-56 py-2 pr-3 break-words whitespace-pre-wrap">{text(mine[field])}</td>
                  <td className="max-w-56 py-2 break-words whitespace-pre-wrap">{text(theirs[field])}</td>
                </tr>
              ))
            : null}
        </tbody>
      </table>
    </Dialog>
  )
}
