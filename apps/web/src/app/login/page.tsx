import { redirect } from 'next/navigation'

/** The address that ThingsBoard's mails, bookmarks and redirects know. */
export default function LoginPage() {
  redirect('/sign-in')
}
