namespace Eigenflow.Solutions;

/// <summary>A named column of a solution: one value per row.</summary>
/// <param name="Name">Lower-case name that hosts use, such as <c>mse</c>.</param>
/// <param name="Symbol">Symbol in the field's notation, such as <c>MSE</c>.</param>
/// <param name="Meaning">One sentence with the defining formula.</param>
/// <param name="Values">The values, as long as the other columns. Do not modify.</param>
public sealed record Observable(string Name, string Symbol, string Meaning, double[] Values);
