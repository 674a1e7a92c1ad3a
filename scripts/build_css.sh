#!/bin/sh
# Compiles portal/static_src/portal.scss against govuk-frontend into portal/static/cap/ (needs npm).
#   scripts/build_css.sh           rebuild the committed files
#   scripts/build_css.sh --check   compile and compare only; exit 1 when they differ
# Versions are pinned here; the work happens in a temporary folder, nothing of Node enters the repository.
set -eu
govuk_version=6.6.0
sass_version=1.108.2
root=$(cd "$(dirname "$0")/.." && pwd)
target="$root/portal/static/cap"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$work"
npm install --ignore-scripts --no-audit --no-fund --silent "govuk-frontend@$govuk_version" "sass@$sass_version"
npx --no-install sass --load-path=node_modules/govuk-frontend/dist --style=compressed --no-charset \
    --no-source-map --quiet-deps "$root/portal/static_src/portal.scss" compiled.css
{
    printf '/*! govuk-frontend %s, MIT licence, see LICENSE-govuk-frontend.txt */' "$govuk_version"
    cat compiled.css
} > portal.css

if [ "${1:-}" = "--check" ]; then
    cmp portal.css "$target/portal.css" && echo "portal.css is what the sources give."
    exit
fi
cp portal.css "$target/portal.css"
printf 'govuk-frontend %s\nsass %s\n' "$govuk_version" "$sass_version" > "$target/VERSION.txt"
cd "$target"
sha256sum LICENSE-govuk-frontend.txt VERSION.txt portal.css > SHA256SUMS
echo "portal.css: $(wc -c < portal.css) bytes, $(gzip -9c portal.css | wc -c) gzipped"
