/** Stands in for the catalogues that only the server and the commands print: a problem reaches the browser as a sentence
 *  already, so its words (10 kB) need not travel. */
export const problems = {}
export const papers = {}
export const commands = {}
