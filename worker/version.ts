/** The version of Sporløs; a test holds it to package.json's. */
export const version = "0.6.0";
