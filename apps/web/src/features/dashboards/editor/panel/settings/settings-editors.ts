'use client'
import type { FieldEditor } from '@/components/schema-form/form-context.ts'

/** Controls for settings of widgets, by the name that their schemas ask for them with. */
export const settingsEditors: Readonly<Record<string, FieldEditor>> = {}
