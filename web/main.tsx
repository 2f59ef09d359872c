/** The door: starts the web app, and sends whoever is no longer signed in to the sign-in page and back again. */
import { MantineProvider } from '@mantine/core'
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { NoticeProvider } from '#ui/notices.tsx'
import { paths } from '#ui/paths.ts'
import { refusalFrom } from '#ui/refusal.ts'
import { theme } from '#ui/theme.ts'
import { WordsProvider } from '#ui/words.tsx'
import { router } from './router.tsx'
import './styles.ts'

function onRefused(error: unknown) {
  const refusal = refusalFrom(error)
  if (refusal.status !== 401 || refusal.problem === 'wrong-credentials') return
  const { pathname, href } = router.state.location
  if (pathname === paths.signIn) return
  void router.navigate({ to: paths.signIn, search: { back: href } })
}

const client = new QueryClient({
  queryCache: new QueryCache({ onError: onRefused }),
  mutationCache: new MutationCache({ onError: onRefused }),
  defaultOptions: {
    queries: {
      staleTime: 20_000,
      // A lost network is told at once, with a way to try again; the browser's own guess about being online is not asked.
      networkMode: 'always',
      retry: (failures, error) => failures < 1 && refusalFrom(error).status >= 500,
    },
    mutations: { networkMode: 'always' },
  },
})

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={client}>
        <WordsProvider>
          <NoticeProvider>
            <RouterProvider router={router} />
          </NoticeProvider>
        </WordsProvider>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
