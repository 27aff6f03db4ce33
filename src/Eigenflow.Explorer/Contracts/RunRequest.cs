using Eigenflow.Dynamics;
using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Contracts;

/// <summary>One curve that a page asks for: a method, and what was typed for its parameters.</summary>
/// <param name="Method">Name of the method.</param>
/// <param name="Setting">What was typed per parameter; the others have their defaults.</param>
internal sealed record RunRequest(string Method, IReadOnlyDictionary<string, string> Setting)
{
    // Curves are then within some ten-thousandths of those of the default, less than half a pixel; at 1e-4 some settings of wide students are a hundredth off.
    private const double DraftTolerance = 1e-5;

    /// <summary>The canonical setting.</summary>
    /// <exception cref="EigenflowException">A name or a value that is not allowed, in the engine's words; of several the words on each.</exception>
    public CompletedSetting Complete(ISystem system) => Complete(system, [this])[0];

    /// <summary>The canonical settings of runs.</summary>
    /// <exception cref="EigenflowException">A name or a value that is not allowed, in the engine's words; of several the words on each.</exception>
    public static CompletedSetting[] Complete(ISystem system, IReadOnlyList<RunRequest> runs)
    {
        try
        {
            return [.. runs.Select(run => run.Whole(system))];
        }
        catch (ParameterException first)
        {
            ParameterException[] all = [.. runs.Where(run => run is { Method: not null, Setting: not null }).SelectMany(run => run.Refusals(system)).Prepend(first).DistinctBy(refusal => refusal.Parameter, StringComparer.Ordinal)];
            if (all.Length > 1)
                throw new RefusedValuesException(all);
            throw;
        }
    }

    /// <summary>The same at a tolerance that no picture shows, for curves that follow a slider; null where the method has none, or it was given.</summary>
    /// <exception cref="EigenflowException">A name or a value that is not allowed, in the engine's words.</exception>
    public CompletedSetting? Draft(ISystem system) =>
        system.IsRead(system.Method(Method), ContinuousParameters.Tolerance.Name) && !Setting.ContainsKey(ContinuousParameters.Tolerance.Name)
            ? system.Complete(Method, Given(system).With(ContinuousParameters.Tolerance, DraftTolerance))
            : null;

    /// <summary>What <c>eigenflow predict</c> reads of the same words: all that was typed, whichever method reads it.</summary>
    /// <exception cref="EigenflowException">A name or a value that is not allowed, in the engine's words.</exception>
    public CompletedSetting Problem(ISystem system) => system.Complete(null, Given(system));

    /// <summary>What was typed, read by the parameter table.</summary>
    /// <exception cref="EigenflowException">A value that is not allowed.</exception>
    public Setting Given(ISystem system) =>
        new((Setting ?? throw new ExplorerException("A run needs a setting, such as {\"exponent\": \"2\"}; {} takes the defaults.")).Select(pair =>
            KeyValuePair.Create(pair.Key, system.Parameter(pair.Key) is { } parameter ? parameter.Parse(pair.Value ?? "") : pair.Value ?? "")));

    private CompletedSetting Whole(ISystem system)
    {
        if (Method is null)
            throw new ExplorerException("A run needs a method and a setting: {\"method\": \"flow\", \"setting\": {\"exponent\": \"2\"}}.");
        return system.Complete(Method, Given(system));
    }

    // Each value is judged by itself; texts are read with the others, without those that are refused already.
    private List<ParameterException> Refusals(ISystem system)
    {
        var refusals = new List<ParameterException>();
        var left = Setting.ToDictionary(StringComparer.Ordinal);
        foreach (var (name, text) in Setting)
        {
            try
            {
                _ = system.Parameter(name)?.Parse(text ?? "");
            }
            catch (ParameterException refusal)
            {
                refusals.Add(refusal);
                left.Remove(name);
            }
        }

        // Names that there are not, or that the method does not read, each by itself: a setting that has one is not read at all.
        foreach (var (name, text) in left.Where(pair => system.Parameter(pair.Key) is null || (system.Methods.FirstOrDefault(method => string.Equals(method.Name, Method, StringComparison.Ordinal)) is { } method && !system.IsRead(method, pair.Key))).ToArray())
        {
            try
            {
                _ = (this with { Setting = new Dictionary<string, string>(StringComparer.Ordinal) { [name] = text } }).Whole(system);
            }
            catch (ParameterException refusal)
            {
                refusals.Add(refusal);
                left.Remove(name);
            }
        }

        while (true)
        {
            try
            {
                _ = (this with { Setting = left }).Whole(system);
                return refusals;
            }
            catch (ParameterException refusal) when (system.Parameter(refusal.Parameter)?.Kind == ParameterKind.Text && left.Remove(refusal.Parameter))
            {
                refusals.Add(refusal);
            }
            catch (EigenflowException)
            {
                // What the values are together is judged once each is right.
                return refusals;
            }
        }
    }
}

/// <summary>Curves that are drawn into one figure.</summary>
/// <param name="Runs">The curves, at least one: the one that is played with first, then those that are pinned.</param>
/// <param name="Kept">Curves that are drawn as far as the explorer has them, such as simulations; never solved.</param>
/// <param name="Marks">Whether what is predicted of the curves is marked on them.</param>
/// <param name="Draft">Whether curves may be drafts, because a slider moves: methods in continuous time are solved at a tolerance that no picture shows, where their solution is not there already.</param>
internal sealed record DrawRequest(IReadOnlyList<RunRequest> Runs, IReadOnlyList<RunRequest>? Kept = null, bool Marks = false, bool Draft = false)
{
    private const int MostRuns = 64;

    /// <summary>Refuses a request without curves, or with too many.</summary>
    /// <exception cref="ExplorerException">What is wrong.</exception>
    public void Check()
    {
        if (Runs is null || Runs.Count + (Kept?.Count ?? 0) == 0 || Runs.Contains(null!) || Kept?.Contains(null!) == true)
            throw new ExplorerException("A drawing needs at least one run: {\"runs\": [{\"method\": \"flow\", \"setting\": {}}]}.");
        if (Runs.Count + (Kept?.Count ?? 0) is > MostRuns and var count)
            throw new ExplorerException(FormattableString.Invariant($"A figure holds at most {MostRuns} curves, and {count} curves were asked for."));
    }
}
