/*
 * Linked into every COBOL program. Debian's GnuCOBOL was made with a newer libxml2 than Debian has, and each program would say so on standard
 * error as it starts. What it uses of it is in both.
 */
void xmlCheckVersion(int version) {
    (void)version;
}
