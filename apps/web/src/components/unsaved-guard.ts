'use client'
import { useEffect } from 'react'

/** Asks before a page with unsaved edits is left, by a link, the back button of the browser's tab or closing it. */
export const useUnsavedGuard = (isDirty: boolean, question: string) => {
  useEffect(() => {
    if (!isDirty) return
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault()
    // Caught before the router sees it; links that open elsewhere leave nothing.
    const onClick = (event: MouseEvent) => {
      if (!(event.target instanceof Element) || event.ctrlKey || event.metaKey || event.shiftKey) return
      const link = event.target.closest('a[href]')
      if (!link || link.getAttribute('target') === '_blank' || window.confirm(question)) return
      event.preventDefault()
      event.stopPropagation()
    }
    window.addEventListener('beforeunload', onUnload)
    document.addEventListener('click', onClick, { capture: true })
    return () => {
      window.removeEventListener('beforeunload', onUnload)
      document.removeEventListener('click', onClick, { capture: true })
    }
  }, [isDirty, question])
}
