# syntax=docker/dockerfile:1
FROM python:3.11-slim AS build
WORKDIR /src
COPY requirements ./requirements
RUN python -m venv /opt/palimpsest \
 && /opt/palimpsest/bin/pip install --no-cache-dir --require-hashes -r requirements/run.txt \
 && python -m pip install --no-cache-dir --require-hashes -r requirements/build.txt
COPY pyproject.toml README.md LICENSE ./
COPY graph ./graph
COPY extractors ./extractors
COPY schema ./schema
COPY api ./api
COPY examples ./examples
RUN python -m pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /wheels . \
 && /opt/palimpsest/bin/pip install --no-cache-dir --no-deps /wheels/*.whl

FROM python:3.11-slim
COPY --from=build /opt/palimpsest /opt/palimpsest
RUN useradd --system --uid 10001 --home-dir /data palimpsest && install -d -o palimpsest /data
USER palimpsest
WORKDIR /data
VOLUME /data
ENV PATH=/opt/palimpsest/bin:$PATH PALIMPSEST_HOST=0.0.0.0 PALIMPSEST_PORT=8000 PALIMPSEST_STORE=/data/palimpsest.db
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD \
  ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health/ready', timeout=2)"]
ENTRYPOINT ["palimpsest"]
CMD ["serve"]
