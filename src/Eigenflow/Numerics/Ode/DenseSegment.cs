namespace Eigenflow.Numerics.Ode;

/// <summary>The dense output of one step, kept: y(θ) = (1−θ) y₀ + θ (y₁ + (1−θ)(P₁ + θ (P₂ + θ P₃))), order 4.</summary>
public sealed class DenseSegment
{
    private readonly double[] end;
    private readonly double[] start;
    private readonly double[][] polynomial;

    internal DenseSegment(double startTime, double endTime, double[] end, double[] start, double[][] polynomial)
    {
        StartTime = startTime;
        EndTime = endTime;
        this.end = end;
        this.start = start;
        this.polynomial = polynomial;
    }

    /// <summary>Beginning of the step.</summary>
    public double StartTime { get; }

    /// <summary>End of the step.</summary>
    public double EndTime { get; }

    /// <summary>Number of equations n.</summary>
    public int Size => end.Length;

    /// <summary>Evaluates the state.</summary>
    /// <param name="time">Between start and end.</param>
    /// <param name="result">Receives y(time), length n.</param>
    public void Evaluate(double time, Span<double> result) => Evaluate((time - StartTime) / (EndTime - StartTime), start, end, polynomial, result);

    internal static void Evaluate(double part, double[] start, double[] end, double[][] polynomial, Span<double> result)
    {
        var rest = 1 - part;
        for (var i = 0; i < result.Length; i++)
            result[i] = (rest * start[i]) + (part * (end[i] + (rest * (polynomial[0][i] + (part * (polynomial[1][i] + (part * polynomial[2][i])))))));
    }
}
