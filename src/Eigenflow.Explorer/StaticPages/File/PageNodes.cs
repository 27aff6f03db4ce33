using System.Text.Json;
using Eigenflow.Rendering;

namespace Eigenflow.Explorer.StaticPages;

/// <summary>Writes the computed settings of a page; texts, shapes and places that several share stand once. Their numbers stand apart (<see cref="PageShape.Numbers"/>).</summary>
internal static class PageNodes
{
    /// <summary>Writes them as members of an object.</summary>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<PageNode> nodes)
    {
        var (texts, shapes, kinds, places) = (new Pool<string>(), new Pool<string>(), new Pool<string>(), new Pool<double[]>());
        var figures = new List<SampledFigure>();
        writer.List("nodes", nodes, node =>
        {
            writer.WriteStartArray();
            if (node.Figure is not { } figure)
            {
                writer.WriteNumberValue(texts.Of(node.Trouble));
            }
            else
            {
                var shape = shapes.Of(string.Join('\n', [PageShape.Of(figure), .. figure.Curves.Select(curve => FormattableString.Invariant($"{curve.X.Length}"))]));
                if (shape == figures.Count)
                    figures.Add(figure);
                writer.WriteNumberValue(shape);
                writer.WriteNumberValue(texts.Of(figure.Source.Figure.Title));
                writer.WriteNumberValue(texts.Of(figure.Source.Figure.Caption));
            }

            writer.WriteEndArray();
        });
        writer.Texts("texts", texts.Items);
        writer.Objects("shapes", figures, figure =>
        {
            writer.WriteNumber("kind", kinds.Of(figure.Source.Likeness));
            writer.List("curves", figure.Curves, curve =>
            {
                writer.WriteStartArray();
                writer.WriteNumberValue(curve.X.Length);
                writer.WriteNumberValue(curve.Columns.Count);
                writer.WriteNumberValue(curve.Places is { } own ? places.Of(own) : -1);
                writer.WriteEndArray();
            });
            writer.WritePropertyName("figure");
            writer.WriteRawValue(PageShape.Of(figure));
        });
        writer.List("places", places.Items, own =>
        {
            writer.WriteStartArray();
            foreach (var place in own)
                writer.WriteNumberValue(place);
            writer.WriteEndArray();
        });
    }

    private sealed class Pool<T>
        where T : notnull
    {
        private readonly Dictionary<T, int> known = [];

        public List<T> Items { get; } = [];

        public int Of(T item)
        {
            if (known.TryGetValue(item, out var index))
                return index;
            known.Add(item, Items.Count);
            Items.Add(item);
            return Items.Count - 1;
        }
    }
}
