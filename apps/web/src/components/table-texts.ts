'use client'
import type { TableTexts } from '@thingwire/ui'
import { useTranslations } from 'next-intl'

export const useTableTexts = (search: string): TableTexts => {
  const t = useTranslations('table')
  return {
    search,
    columns: t('columns'),
    export: t('export'),
    previous: t('previous'),
    next: t('next'),
    rowsPerPage: t('rowsPerPage'),
    range: (from, to, total) => t('range', { from, to, total }),
    sortBy: (column) => t('sortBy', { column }),
    keyboard: t('keyboard'),
    actions: t('actions'),
    selectAll: t('selectAll'),
    selected: (count) => t('selected', { count }),
    clearSelection: t('clearSelection'),
  }
}

export const useCopyLabels = () => {
  const t = useTranslations('common')
  return { copy: t('copy'), copied: t('copied') }
}
