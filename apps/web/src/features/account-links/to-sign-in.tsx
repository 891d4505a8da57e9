'use client'
import Link from 'next/link'
import { useTranslations } from 'next-intl'

export const ToSignIn = () => (
  <p className="mt-6 text-center text-sm">
    <Link href="/sign-in" className="text-accent-text hover:underline">
      {useTranslations('accountLinks')('toSignIn')}
    </Link>
  </p>
)
