'use client'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ApiError } from '@/api/http.ts'
import { type PendingView, type SessionView, signIn } from '@/api/session.ts'

/** The first step of signing in, and in plain words why it failed. A password that is too old leads to choosing another. */
export const usePassword = (onAnswer: (answer: SessionView | PendingView) => void) => {
  const t = useTranslations('signIn')
  const router = useRouter()
  const [failure, setFailure] = useState<string | null>(null)
  const enter = async (credentials: { username: string; password: string }): Promise<void> => {
    setFailure(null)
    try {
      onAnswer(await signIn(credentials))
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.resetToken) router.push(`/login/resetPassword?resetToken=${encodeURIComponent(error.resetToken)}`)
      else setFailure(error.isUnreachable ? t('unreachable') : isWrong(error) ? t('refused') : error.message)
    }
  }
  return { failure, enter }
}

/** The one refusal that is put in plain words; the others (locked, not active …) say what is the matter. */
const isWrong = (error: ApiError) => error.status === 401 && error.message === 'Invalid username or password'
