'use client'
import { type RefObject, useEffect, useRef } from 'react'
import { focusSetting } from '@/components/schema-form/focus-setting.ts'
import { useEditor } from '../store/use-editor.ts'

/** Who asks for a setting of this node, out of the list of problems, is led to its control. */
export const useAskedSetting = (nodeId: string, form: RefObject<Element | null>) => {
  const revealed = useEditor((state) => state.revealed)
  const answered = useRef(0)
  useEffect(() => {
    if (revealed?.id !== nodeId || revealed.path === null || revealed.asked === answered.current) return
    const { path, asked } = revealed
    // The panel has opened and taken its room by then; its own opening would take the focus.
    const timer = setTimeout(() => {
      answered.current = asked
      if (form.current) focusSetting(form.current, path)
    }, 200)
    return () => clearTimeout(timer)
  }, [revealed, nodeId, form])
}
