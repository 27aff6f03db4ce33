using MathNet.Numerics.Interpolation;

namespace Eigenflow.Scaling.Collapse;

/// <summary>One training run of a ladder of models: its loss over training time, up to its end point. Arrays have one length and are not copied.</summary>
public sealed record LadderRun
{
    /// <summary>Floating-point operations per parameter and token: c = 6 t p, forward and backward pass (convention of arXiv 2507.02119).</summary>
    public const double OperationsPerToken = 6;

    private const double Slack = 1e-9;

    /// <summary>Size p of the model, positive: parameters, or what stands for them.</summary>
    public required double Size { get; init; }

    /// <summary>Label of the seed; runs of one size differ by it alone.</summary>
    public string Seed { get; init; } = "";

    /// <summary>Training times t, ascending, not negative: tokens, examples or steps, the same unit for all runs.</summary>
    public required double[] Times { get; init; }

    /// <summary>Losses at these times.</summary>
    public required double[] Losses { get; init; }

    /// <summary>Compute at these times, or null for 6 t p.</summary>
    public double[]? Computes { get; init; }

    /// <summary>Learning rates at these times, or null where unknown; relative to the peak where the preconditioner of <see cref="Traces"/> holds the peak.</summary>
    public double[]? LearningRates { get; init; }

    /// <summary>Traces of the covariance of mini-batch gradients at these times, or null where they were not measured.</summary>
    public double[]? Traces { get; init; }

    /// <summary>Gradient-flow time τ = ∫ η dt at these times, or null for the trapezoidal rule over <see cref="LearningRates"/>.</summary>
    public double[]? IntrinsicTimes { get; init; }

    /// <summary>Name of the learning-rate schedule; runs of one ladder have one.</summary>
    public string Schedule { get; init; } = "";

    /// <summary>Name for messages; empty for size and seed.</summary>
    public string Name { get; init; } = "";

    /// <summary>The name, or size and seed.</summary>
    public string Label => Name.Length > 0 ? Name : DisplayText.Plain($"size {Size:G6}") + (Seed.Length > 0 ? $" seed {Seed}" : "");

    /// <summary>Time of the end point: the horizon t*.</summary>
    public double EndTime => Times[^1];

    /// <summary>Loss of the end point.</summary>
    public double EndLoss => Losses[^1];

    /// <summary>Compute of the end point.</summary>
    public double EndCompute => Computes is { } computes ? computes[^1] : OperationsPerToken * Size * EndTime;

    /// <summary>Compute at every time.</summary>
    public double[] AllComputes() => Computes ?? [.. Times.Select(time => OperationsPerToken * Size * time)];

    /// <summary>Losses at times between the records, by monotone cubics over ln t; linear between a record at time 0 and the next one.</summary>
    /// <param name="times">Times within those of the run; beyond them the first or last loss counts.</param>
    public double[] LossesAt(ReadOnlySpan<double> times)
    {
        var start = Times[0] > 0 ? 0 : 1;
        if (Times.Length - start < 2)
            return CurveInterpolation.At(Times, Losses, times);
        var curve = new MonotoneCurve([.. Times.Skip(start).Select(time => Math.Log(time))], Losses[start..]);
        var values = new double[times.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = times[i] >= Times[start] ? curve.At(Math.Log(times[i])) : Losses[0] + ((Losses[start] - Losses[0]) * (start == 0 ? 0 : Math.Max(0, times[i] / Times[start])));
        return values;
    }

    /// <summary>The run up to a shorter horizon, at which the loss is interpolated (<see cref="LossesAt"/>) and rates, compute and traces linearly.</summary>
    /// <param name="time">The horizon, after the first time.</param>
    /// <exception cref="ParameterException">It lies beyond the last record, or before the second.</exception>
    public LadderRun Until(double time)
    {
        if (time > EndTime * (1 + Slack))
            throw new ParameterException("horizon", time, DisplayText.Plain($"at most {EndTime:G6}, the last record of {Label}"), "a run cannot be cut behind its end: train it longer, or take a shorter horizon");
        if (!(time > Times[0]))
            throw new ParameterException("horizon", time, DisplayText.Plain($"after {Times[0]:G6}, the first record of {Label}"));
        var kept = Array.FindIndex(Times, one => one >= time * (1 - Slack));
        return this with
        {
            Times = [.. Times[..kept], time],
            Losses = [.. Losses[..kept], LossesAt([time])[0]],
            Computes = Cut(Computes),
            LearningRates = Cut(LearningRates),
            Traces = Cut(Traces),
            IntrinsicTimes = Cut(IntrinsicTimes),
        };

        double[]? Cut(double[]? values) => values is null ? null : [.. values[..kept], LinearSpline.InterpolateSorted(Times, values).Interpolate(time)];
    }

    /// <summary>Checks the run.</summary>
    /// <returns>The run itself.</returns>
    /// <exception cref="ParameterException">No positive size, fewer than two records, lengths that differ, times that do not ascend, or numbers that are not finite.</exception>
    public LadderRun Checked()
    {
        if (!(Size > 0 && double.IsFinite(Size)))
            throw new ParameterException("size", Size, "a positive number", "every run needs the size of its model");
        if (Times.Length < 2)
            throw new ParameterException("times", $"({Times.Length} records of {Label})", "at least two records");
        foreach (var (name, values) in new[] { ("losses", Losses), ("computes", Computes), ("learning-rates", LearningRates), ("traces", Traces), ("intrinsic-times", IntrinsicTimes) })
        {
            if (values is not null && values.Length != Times.Length)
                throw new ParameterException(name, $"({values.Length} values of {Label})", $"as many values as times ({Times.Length})");
        }

        for (var i = 0; i < Times.Length; i++)
        {
            if (!(Times[i] >= 0 && double.IsFinite(Times[i])))
                throw new ParameterException("times", Times[i], $"finite numbers >= 0 ({Label})");
            if (i > 0 && !(Times[i] > Times[i - 1]))
                throw new ParameterException("times", Times[i], DisplayText.Plain($"after {Times[i - 1]:R}, the time before it in {Label}"), "times of a run ascend, and none comes twice");
            if (!double.IsFinite(Losses[i]))
                throw new ParameterException("losses", Losses[i], DisplayText.Plain($"finite numbers ({Label} at time {Times[i]:G6})"), "a run that diverged has no end point: leave it out");
        }

        return this;
    }
}
