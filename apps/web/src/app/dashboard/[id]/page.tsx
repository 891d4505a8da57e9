import { redirect } from 'next/navigation'

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

/** Where ThingsBoard's public links lead, with all that they carry. */
export default async function Page({ params, searchParams }: Props) {
  const { id } = await params
  const query = new URLSearchParams(
    Object.entries(await searchParams).flatMap(([name, value]) =>
      [value ?? []].flat().map((one): [string, string] => [name, one]),
    ),
  ).toString()
  redirect(`/dashboards/${encodeURIComponent(id)}${query ? `?${query}` : ''}`)
}
