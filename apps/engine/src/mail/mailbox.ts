import type { Mail } from './smtp.ts'

export type KeptMail = Mail & {
  /** Counts up from 1; newest has the largest. */
  number: number
  /** Epoch ms. */
  sentAt: number
}

export type Mailbox = {
  keep(mail: Mail, sentAt: number): KeptMail
  /** Newest first. */
  list(): readonly KeptMail[]
}

/** Mails that were written where no server is set up, for whoever develops. Older ones make room. */
export const createMailbox = (capacity = 50): Mailbox => {
  const kept: KeptMail[] = []
  let written = 0
  return {
    keep: (mail, sentAt) => {
      const entry = { ...mail, number: ++written, sentAt }
      kept.unshift(entry)
      kept.length = Math.min(kept.length, capacity)
      return entry
    },
    list: () => kept,
  }
}
