/** Who is signed in, for every screen inside the frame. The frame draws nothing until this is known. */
import { useRead } from '#ui/api.ts'
import { showSession, type Me } from '../contract.ts'

export const useSession = () => useRead(showSession, {})

export function useMe(): Me {
  const { data } = useSession()
  if (!data) throw new Error('A screen inside the frame was drawn before the session was known')
  return data
}
