using System.Diagnostics;
using System.Globalization;
using Eigenflow.Dynamics;
using Eigenflow.Settings;
using Eigenflow.Solutions;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.StaticPages;

/// <summary>Chooses what is not said of a page: its sliders, and as many values of them as curves need to be near to the engine between them, as long as the page stays small and is made soon.</summary>
/// <param name="request">What is asked for.</param>
/// <param name="methods">Names of the methods.</param>
/// <param name="solver">Keeps what is solved on the way.</param>
/// <param name="progress">Receives reports, or null.</param>
/// <param name="told">Is told what choosing will take before it begins, or null.</param>
/// <param name="cancellation">Ends it.</param>
internal sealed class PagePlanner(StaticPageRequest request, IReadOnlyList<string> methods, GridSolver solver, IProgress<Progress>? progress, Action<string>? told, CancellationToken cancellation)
{
    private const int MostAxes = 4;
    private const int MostSettings = 50_000;

    // Of pages of which nobody says how many values they have.
    private const double UsualSeconds = 50;
    private const long UsualBytes = 2_500_000;
    private const int UsualSettings = 1_000;
    private const double WantedError = 0.05;

    // As long as a page is far from its limits, more values are worth as little as this.
    private const double Helps = 0.95;
    private const int MostTried = 96;
    private const int MostMeasured = 24;
    private const double MeasuredSeconds = 5;
    private static readonly int[] Counts = [31, 21, 15, 11, 9, 7, 5];

    private readonly List<SampledFigure> tried = [];
    private readonly List<CheckedPage> whole = [];
    private double bytesEach;

    /// <summary>The sliders, what was measured with them where that was done already, and what the page will take.</summary>
    /// <exception cref="EigenflowException">What was asked for is not allowed, or no setting has a solution.</exception>
    public (IReadOnlyList<PageAxis> Axes, CheckedPage? Checked, int Left, double Seconds, long Bytes) Plan()
    {
        progress?.Report(new Progress(0, "choosing values"));
        var (sliders, isChosen) = Sliders();
        Try(sliders);
        sliders = Fitting(sliders, isChosen);
        Refine(sliders);
        sliders = Improved(sliders);
        IReadOnlyList<PageAxis> axes = [.. sliders.Select(slider => slider.Axis)];
        var nodes = GridSolver.Nodes(axes);
        var done = whole.Find(one => one.Axes.SequenceEqual(axes));
        double[][] all = [.. nodes, .. InterpolationCheck.Points(axes)];
        var seconds = done is null ? Left(axes, all, nodes.Count) : 0;
        return (axes, done, done is null ? solver.Missing(axes, all).Count : 0, seconds, done is null ? Bytes(nodes.Count) : StaticPageFile.FixedSize + StaticPageFile.SizeOf([.. done.Nodes.OfType<SampledFigure>()]));
    }

    // What is to be solved, by the corners of the grid, where work is largest; and drawing and comparing, by a page of these corners alone.
    private double Left(IReadOnlyList<PageAxis> axes, double[][] all, int nodes)
    {
        var ends = SolveCosts.Ends(axes);
        SolvedSetting[] corners = [.. GridSolver.Nodes(ends).Select(values => solver.One(ends, values, cancellation))];

        // After those that were solved first, which also start the engine: every so many of the page.
        var missing = solver.Missing(axes, all);
        var most = (int)Math.Clamp(MeasuredSeconds / solver.WorkEach, 2, MostMeasured);
        double[][] measured = [.. missing.Chunk(Math.Max(1, (missing.Count + most - 1) / most)).Select(part => part[part.Length / 2])];
        solver.All(axes, measured, null, cancellation);
        var costs = new SolveCosts(axes, values => solver.SecondsOf(ends, values)!.Value, [.. measured.Select(values => (values, solver.SecondsOf(axes, values)!.Value))]);
        var clock = Stopwatch.StartNew();
        var sampled = SampledFigure.Of([.. corners.Select(one => one.Figure)]);
        var sampling = clock.Elapsed.TotalSeconds / corners.Length;
        clock.Restart();
        InterpolationCheck.Best(ends, sampled, [.. measured.Select(values => (values, solver.One(axes, values, cancellation).Figure))]);
        var comparing = clock.Elapsed.TotalSeconds / Math.Max(1, measured.Length);
        return (costs.Sum(solver.Missing(axes, all)) / solver.SideBySide) + (sampling * nodes) + (comparing * (all.Length - nodes));
    }

    private (List<Slider> Sliders, bool AreChosen) Sliders()
    {
        var system = request.System;
        (string Name, int? Count)[] named = [.. request.Parameters.Select(Named).DistinctBy(one => one.Name, StringComparer.Ordinal).Where(one => request.Axes.All(axis => !string.Equals(axis.Parameter.Name, one.Name, StringComparison.Ordinal)))];
        var total = named.Length + request.Axes.Count;
        if (total == 0)
        {
            var chosen = AxisChoice.Of(system, methods, request.Given, solver, cancellation);
            return chosen.Count > 0 ? ([.. chosen.Select(parameter => Over(parameter, AxisChoice.Values(chosen.Count)))], true) : throw new ExplorerException("No parameter was found that changes the curves; name one or more with --parameters or --grid.");
        }

        if (total > MostAxes)
            throw new ParameterException("parameters", total, $"at most {MostAxes} sliders");
        List<Slider> sliders = [.. named.Select(one => Over(Known(one.Name), one.Count ?? AxisChoice.Values(total), one.Count is null)), .. request.Axes.Select(axis => new Slider(axis, axis.IsFree))];
        if (sliders.Find(slider => !methods.Any(method => system.IsRead(system.Method(method), slider.Axis.Parameter.Name))) is { } unread)
            throw new ParameterException("parameters", unread.Axis.Parameter.Name, "a parameter that " + string.Join(" or ", methods) + " reads");
        if (sliders.Find(slider => request.Given[slider.Axis.Parameter.Name] is not null) is { } both)
            throw new ParameterException("set", both.Axis.Parameter.Name, "a parameter without a slider");
        var settings = sliders.Aggregate(1.0, (count, slider) => count * slider.Axis.Values.Count);
        return settings <= MostSettings ? (sliders, false) : throw new ParameterException("grid", settings, $"at most {MostSettings} settings", "take fewer sliders, or fewer values");
    }

    private static (string Name, int? Count) Named(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (text, null) : (text[..colon], (int)(long)Parameter.Whole("parameters", 2, MostSettings).Parse(text[(colon + 1)..]));
    }

    private Parameter Known(string name) => request.System.Parameter(name)
        ?? throw new ParameterException("parameters", name, "a parameter of " + request.System.Id, Suggestion.For(name, request.System.Parameters.Select(one => one.Name)));

    private static Slider Over(Parameter parameter, int count, bool isFree = true) => PageAxis.Over(parameter, count) is { } axis ? new Slider(axis, isFree) : throw new ParameterException("parameters", parameter.Name, "a parameter that is a number");

    // The middle, which also starts what is slow at first, and the ends, where work can be far from what is usual; timed are some of the settings that are checked.
    private void Try(List<Slider> sliders)
    {
        double[] At(Func<int, PageAxis, int> index) => [.. sliders.Select((slider, j) => slider.Axis.Values[index(j, slider.Axis)])];
        var middle = solver.One(Axes(sliders), At((_, axis) => axis.Values.Count / 2), cancellation);
        SolvedSetting[] ends = [.. ((double[][])[At((_, _) => 0), At((_, axis) => axis.Values.Count - 1), At((j, axis) => j % 2 == 0 ? axis.Values.Count - 1 : 0), At((_, axis) => axis.Values.Count / 4)]).Select(values => solver.One(Axes(sliders), values, cancellation))];
        var points = InterpolationCheck.Points(Axes(sliders));
        var checks = solver.All(Axes(sliders), [.. points.Take(12)], null, cancellation);
        Keep([middle.Figure, .. ends.Concat(checks).Select(one => one.Figure)]);
        if (tried.Count == 0)
            throw new ExplorerException($"None of the settings that were tried has a solution: {middle.Trouble}");
        Tell(sliders, points.Count);
    }

    // By what the first settings took, before the others are solved.
    private void Tell(List<Slider> sliders, int checks)
    {
        if (!sliders.Exists(slider => slider.IsFree))
            return;
        var settings = sliders.Aggregate(1.0, (count, slider) => count * slider.Axis.Values.Count);
        told?.Invoke(DisplayText.Plain(
            $"{request.System.Id}: {settings} settings of {string.Join(" and ", sliders.Select(slider => slider.Axis.Parameter.Name))} and {checks} checks to begin with, about {solver.WorkEach * (settings + checks):0.#} s and {Bytes(settings) / 1e6:0.##} MB; as many more as curves need, up to about {UsualSeconds:0} s and {UsualBytes / 1e6:0.#} MB"));
    }

    private static IReadOnlyList<PageAxis> Axes(List<Slider> sliders) => [.. sliders.Select(slider => slider.Axis)];

    private SampledFigure?[] Keep(IReadOnlyList<PageFigure?> figures)
    {
        var sampled = SampledFigure.Of(figures);
        tried.AddRange(sampled.OfType<SampledFigure>());
        tried.RemoveRange(0, Math.Max(0, tried.Count - MostTried));

        // At the places that all of them need together, as in the page.
        if (tried.Count > 0)
            bytesEach = (double)StaticPageFile.SizeOf([.. SampledFigure.Of([.. tried.Select(one => one.Source)]).OfType<SampledFigure>()]) / tried.Count;
        return sampled;
    }

    private long Bytes(double settings) => StaticPageFile.FixedSize + (long)(settings * bytesEach);

    private bool Fits(List<Slider> sliders)
    {
        var settings = sliders.Aggregate(1.0, (count, slider) => count * slider.Axis.Values.Count);
        return settings <= UsualSettings && solver.WorkEach * (settings + InterpolationCheck.Points(Axes(sliders)).Count) <= UsualSeconds && Bytes(settings) <= UsualBytes;
    }

    // Fewer values where the page would take too long; fewer sliders where nobody asked for them.
    private List<Slider> Fitting(List<Slider> sliders, bool areChosen)
    {
        while (!Fits(sliders))
        {
            var widest = sliders.Where(slider => slider.IsFree && slider.Axis.Count is not null && slider.Axis.Values.Count > Counts[^1]).MaxBy(slider => slider.Axis.Values.Count);
            if (widest is not null)
                sliders = [.. sliders.Select(slider => ReferenceEquals(slider, widest) ? Over(slider.Axis.Parameter, Counts.First(count => count < slider.Axis.Values.Count)) : slider)];
            else if (areChosen && sliders.Count > 1)
                sliders = [.. sliders.SkipLast(1).Select(slider => Over(slider.Axis.Parameter, AxisChoice.Values(sliders.Count - 1)))];
            else
                break;
        }

        return sliders;
    }

    // More values along the slider where curves are furthest off, as long as this helps.
    private void Refine(List<Slider> sliders)
    {
        double[] errors = [.. Enumerable.Range(0, sliders.Count).Select(j => sliders[j].IsFree ? Error(sliders, j) : 0)];
        while (Enumerable.Range(0, sliders.Count).MaxBy(j => errors[j]) is var j && errors[j] > WantedError)
        {
            List<Slider> finer = [.. sliders.Select((slider, k) => k == j && slider.Axis.Refined() is { } axis ? slider with { Axis = axis } : slider)];
            var before = errors[j];
            errors[j] = 0;
            if (finer[j].Axis.Values.Count <= sliders[j].Axis.Values.Count || !Fits(finer))
                continue;
            var after = Error(finer, j);
            if (after < 0.7 * before)
                (sliders[j], errors[j]) = (finer[j], after);
        }
    }

    // More values as long as the error of the whole page is above what is wanted and falls.
    private List<Slider> Improved(List<Slider> sliders)
    {
        for (var error = Whole(sliders); error > WantedError;)
        {
            // Each slider by itself, and all at once.
            int[] free = [.. Enumerable.Range(0, sliders.Count).Where(j => sliders[j].IsFree).OrderBy(j => sliders[j].Axis.Values.Count)];
            var (better, after) = free.Select(j => (int[])[j]).Append(free)
                .Select(finer => sliders.Select((slider, k) => finer.Contains(k) && slider.Axis.Refined() is { } axis ? slider with { Axis = axis } : slider).ToList())
                .Where(finer => Axes(finer).Sum(axis => axis.Values.Count) > Axes(sliders).Sum(axis => axis.Values.Count) && Fits(finer))
                .Select(finer => (finer, Whole(finer))).FirstOrDefault(pair => pair.Item2 < Helps * error);
            if (better is null)
                break;
            (sliders, error) = (better, after);
        }

        return sliders;
    }

    // The error of the page with these values; none where they are too many to be solved for it.
    private double Whole(List<Slider> sliders)
    {
        var axes = Axes(sliders);
        if (!sliders.Exists(slider => slider.IsFree) || !Fits(sliders))
            return 0;
        progress?.Report(new Progress(0, FormattableString.Invariant($"choosing values: {string.Join(" × ", axes.Select(axis => axis.Values.Count))}")));
        var nodes = SampledFigure.Of([.. solver.All(axes, GridSolver.Nodes(axes), null, cancellation).Select(one => one.Figure)]);
        var points = InterpolationCheck.Points(axes);
        var truths = solver.All(axes, points, null, cancellation);
        var error = InterpolationCheck.Best(axes, nodes, [.. points.Select((point, k) => (point, truths[k].Figure))]);
        whole.Add(new CheckedPage(axes, nodes, error));
        return double.IsNaN(error.Usual) ? 0 : error.Usual;
    }

    // The error halfway between the values of a slider, with the others at a quarter and at three quarters of theirs.
    private double Error(List<Slider> sliders, int own)
    {
        var axis = sliders[own].Axis;
        double[] middles = [.. Enumerable.Range(0, axis.Values.Count - 1).Select(k => axis.Inside(k, 0.5)).Where(value => !axis.Values.Contains(value))];
        var largest = 0.0;
        foreach (var share in sliders.Count == 1 ? [0] : (double[])[0.25, 0.75])
        {
            double[] With(double value) => [.. sliders.Select((slider, j) => j == own ? value : slider.Axis.Values[(int)Math.Round(share * (slider.Axis.Values.Count - 1))])];
            var line = Keep([.. solver.All(Axes(sliders), [.. axis.Values.Select(With)], null, cancellation).Select(one => one.Figure)]);
            var truths = solver.All(Axes(sliders), [.. middles.Select(With)], null, cancellation);
            var error = InterpolationCheck.Best([axis], line, [.. middles.Select((value, k) => ((double[])[value], truths[k].Figure))]);
            largest = Math.Max(largest, double.IsNaN(error.Usual) ? 0 : error.Usual);
            progress?.Report(new Progress(0, FormattableString.Invariant($"choosing values of {axis.Parameter.Name}: {axis.Values.Count}")));
        }

        return largest;
    }

    /// <summary>A slider, and whether the number of its values may be chosen.</summary>
    private sealed record Slider(PageAxis Axis, bool IsFree);
}
