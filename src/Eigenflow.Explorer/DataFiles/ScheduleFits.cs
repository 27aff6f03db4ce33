using System.Text.Json;
using Eigenflow.Scaling.LossCurves;
using Eigenflow.Studies;

namespace Eigenflow.Explorer.DataFiles;

/// <summary>Fits of loss curves that were made lately: forecasts follow a schedule that is dragged, and must not fit again.</summary>
internal sealed class ScheduleFits(DataStore store)
{
    private const int MostKept = 8;
    private readonly Lock gate = new();
    private readonly LinkedList<(string Key, KeptFit Kept)> kept = [];

    /// <summary>The fit that is asked for, kept or made now.</summary>
    public KeptFit Of(string id, FitScheduleCall call, CancellationToken cancellation)
    {
        DataFile[] files = [.. (call.With ?? []).Prepend(id).Select(store.Find)], held = [.. (call.Held ?? []).Select(store.Find)];
        var asked = call.Text ?? new FitScheduleText();
        var text = asked with { Optimize = false, Each = false, Horizon = null, MaxRate = null, MinRate = null, Transfers = [] };
        var key = JsonSerializer.Serialize((string[])[JsonSerializer.Serialize(text), .. files.Select(file => file.Id), "|", .. held.Select(file => file.Id)]);
        if (Find(key) is { } found)
            return found;
        var command = (asked with { Each = false }).Command(files.Select(file => file.Name), held.Select(file => file.Name));
        var request = (text with { Transfers = [.. held.Select(file => file.Path)] }).Read([.. files.Select(file => file.Path)], command);
        var result = request.Run(null, cancellation);
        var made = new KeptFit(files, held, text, request, result.Fit);
        lock (gate)
        {
            kept.AddFirst((key, made));
            if (kept.Count > MostKept)
                kept.RemoveLast();
        }

        return made;
    }

    private KeptFit? Find(string key)
    {
        lock (gate)
        {
            for (var node = kept.First; node is not null; node = node.Next)
            {
                if (!string.Equals(node.Value.Key, key, StringComparison.Ordinal))
                    continue;
                kept.Remove(node);
                kept.AddFirst(node);
                return node.Value.Kept;
            }
        }

        return null;
    }
}

/// <summary>A fit with what it was made from.</summary>
internal sealed record KeptFit(IReadOnlyList<DataFile> Files, IReadOnlyList<DataFile> Held, FitScheduleText Text, FitScheduleRequest Request, ScheduleFit Fit)
{
    private readonly Lazy<Figures.Figure> figure = new(() => Fit.ToFigure());

    /// <summary>Its figure, without a proposal.</summary>
    public Figures.Figure Figure => figure.Value;
}
