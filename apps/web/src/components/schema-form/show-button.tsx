'use client'
import { IconButton } from '@thingwire/ui'
import { Eye, EyeOff } from 'lucide-react'
import { useTranslations } from 'next-intl'

/** Shows a secret, or hides it again. */
export const ShowButton = (p: { of: string; isShown: boolean; onChange: (isShown: boolean) => void }) => {
  const t = useTranslations('schemaForm')
  return (
    <IconButton
      label={t(p.isShown ? 'hide' : 'show', { what: p.of })}
      size="icon-sm"
      onClick={() => p.onChange(!p.isShown)}
    >
      {p.isShown ? <EyeOff /> : <Eye />}
    </IconButton>
  )
}
